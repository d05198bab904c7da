"""Years of a synthetic kecamatan: births, deaths, marriages, moves, drawn at random, some of them impossible."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.registry import sample, services
from dekat.registry.life import events
from dekat.registry.life.household import Address, Marital, Person, Relation
from dekat.registry.life.writing import Recorded, record_event
from dekat.registry.models import Resident
from dekat.registry.registering import NewResident
from dekat.registry.states import Element, ResidentState, Sex
from tests.make.registry import CENTRE

KECAMATAN, ELSEWHERE = "35.11.19", "35.11.12"
BEGINNING = datetime(2026, 1, 5, 2, tzinfo=UTC)
_VILLAGES = ("35.11.19.2001", "35.11.19.2002", "35.11.12.2001")


class Years:
    """A population to which life happens; `touched` are the families of the last event."""

    def __init__(self, seed: int, *, families: int, others: Iterable[UUID] = ()) -> None:
        self._rnd, self.now = random.Random(seed), BEGINNING
        self.counts, self.refusals = Counter[str](), Counter[str]()
        self.touched: tuple[UUID, ...] = ()
        made = list(sample.families(KECAMATAN, count=families, seed=seed, on=self.now.date()))
        services.register_families(new=made, actor=CENTRE, now=self.now)
        self._living = [*others, *(person.id for family in made for person in family.members)]
        self._gone: list[UUID] = []
        self._unnumbered: list[UUID] = []
        self._serial = 0

    @property
    def today(self) -> date:
        return self.now.date()

    def live(self, count: int, *, only: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
        """So many events: what was tried, and the code of its refusal (empty when it was carried out).

        Facts: `only` names the kinds to draw from, each as likely; all by their weights when empty.
        """
        acts: dict[str, tuple[int, Callable[[], object]]] = {
            "birth": (24, self._birth), "nik": (20, self._give_nik), "death": (12, self._death),
            "marriage": (10, self._marriage), "divorce": (3, self._divorce), "new head": (5, self._new_head),
            "regroup": (12, self._regroup), "rehouse": (6, self._rehouse), "move out": (7, self._move_out),
            "move in": (8, self._move_in), "annulment": (2, self._annul), "element": (6, self._element),
            "merge": (2, self._merge),
        }  # fmt: skip
        if only:
            acts = {name: (1, act) for name, (_, act) in acts.items() if name in only}
        names, weights = list(acts), [weight for weight, _ in acts.values()]
        for _ in range(count):
            self.now += timedelta(minutes=self._rnd.randint(1, 90))
            name = self._rnd.choices(names, weights)[0]
            self.touched = ()
            refusal = ""
            try:
                acts[name][1]()
            except DekatError as trouble:
                refusal = trouble.code
            self.counts[name] += not refusal
            self.refusals[refusal] += bool(refusal)
            yield name, refusal

    def _record(self, event: events.LifeEvent) -> Recorded:
        application = new_id(self.now)
        done = record_event(event=event, application_id=application, actor=CENTRE, on=self.today, now=self.now)
        again = record_event(event=event, application_id=application, actor=CENTRE, on=self.today, now=self.now)
        assert [card.number for card in again.cards] == [card.number for card in done.cards]
        self.touched = tuple(card.family_id for card in done.cards)
        return done

    def _someone(self) -> Person:
        row = Resident.objects.get(id=self._rnd.choice(self._living))
        return Person(
            row.id, row.family_id, row.relation, Sex(row.sex), row.born_on, row.marital_status, ResidentState(row.state)
        )

    def _family_of(self, person: Person) -> list[Person]:
        rows = Resident.objects.filter(family_id=person.family_id).order_by("position", "born_on", "id")
        return [
            Person(row.id, row.family_id, row.relation, Sex(row.sex), row.born_on, row.marital_status)
            for row in rows
        ]  # fmt: skip

    def _number(self, *, female: bool = False, born: date | None = None) -> str:
        """The next number of the sample's own province; nobody has it."""
        self._serial += 1
        days, serial = divmod(self._serial, 9999)
        day = born or date(2000, 1, 1) + timedelta(days=days)
        region = f"9977{days % 90 + 10:02d}" if born else "997711"
        return f"{region}{day.day + 40 * female:02d}{day:%m%y}{serial + 1:04d}"

    def _newcomer(self, relation: str, *, born: date, sex: Sex, marital: str = Marital.UNMARRIED) -> NewResident:
        self._unnumbered += [made := new_id(self.now)]
        return NewResident(
            id=made, nik=None, relation=relation, full_name="Anak Contoh", sex=sex, birth_place="Bondowoso",
            born_on=born.isoformat(), marital_status=marital,
        )  # fmt: skip

    def _succession(self, stay: list[Person], *, wrong: bool = False) -> events.Succession:
        """A head among those who stay, mostly somebody who may be; everybody is related to them somehow."""
        grown = [one for one in stay if one.is_grown_up(self.today)] or stay
        head = self._rnd.choice(stay if wrong else grown)
        relations = {one.id: str(Relation.OTHER_FAMILY) for one in stay if one.id != head.id}
        if wrong and relations and self._rnd.random() < 0.5:
            relations.popitem()
        return events.Succession(head.id, self._number(), relations)

    def _needed(self, family: list[Person], leaving: set[UUID]) -> dict[UUID, events.Succession]:
        stay = [one for one in family if one.id not in leaving]
        head_leaves = any(one.is_head for one in family if one.id in leaving)
        forgets = self._rnd.random() < 0.1
        if not stay or head_leaves == forgets or family[0].family_id is None:
            return {}
        return {family[0].family_id: self._succession(stay, wrong=self._rnd.random() < 0.1)}

    def _birth(self) -> None:
        parent = self._someone()
        assert parent.family_id
        sex = self._rnd.choice((Sex.MALE, Sex.FEMALE))
        child = self._newcomer(Relation.CHILD, born=self.today - timedelta(days=self._rnd.randrange(60)), sex=sex)
        self._record(events.Birth(child, parent.family_id))
        self._living.append(child.id)

    def _give_nik(self) -> None:
        if not self._unnumbered:
            return
        who = Resident.objects.filter(id=self._rnd.choice(self._unnumbered)).first()
        if who is None:
            return
        nik = self._number(female=who.sex == Sex.FEMALE, born=date.fromisoformat(who.born_on))
        services.give_nik(application_id=new_id(self.now), resident_id=who.id, nik=nik, actor=CENTRE, now=self.now)
        self._unnumbered.remove(who.id)
        self.touched = (who.family_id,) if who.family_id else ()

    def _death(self) -> None:
        gone = self._someone()
        family = self._family_of(gone)
        succession = self._needed(family, {gone.id}).get(gone.family_id) if gone.family_id else None
        self._record(events.Death(gone.id, succession))
        self._left([gone.id])

    def _left(self, people: list[UUID]) -> None:
        for one in people:
            self._living.remove(one)
            self._gone.append(one)

    def _marriage(self) -> None:
        two = (self._someone(), self._someone())
        if two[0].id == two[1].id:
            return
        self._record(events.Marriage(tuple(one.id for one in two), self.today.isoformat(), "AK-1"))
        if self._rnd.random() < 0.7:
            self._found_family(two)

    def _found_family(self, two: tuple[Person, Person]) -> None:
        head = next((one for one in two if one.sex == Sex.MALE), two[0])
        other = two[1] if head is two[0] else two[0]
        spouse = Relation.WIFE if other.sex == Sex.FEMALE else Relation.HUSBAND
        relations = {head.id: str(Relation.HEAD), other.id: str(spouse)}
        self._to_new_home(relations, [head, other])

    def _to_new_home(self, relations: dict[UUID, str], movers: list[Person]) -> None:
        successions: dict[UUID, events.Succession] = {}
        for mover in movers:
            successions |= self._needed(self._family_of(mover), set(relations))
        address = Address("Jalan Contoh 7", "001", "002", self._rnd.choice(_VILLAGES))
        to = events.Destination(new_id(self.now), relations, self._number(), address)
        self._record(events.Regroup(to, successions))

    def _divorce(self) -> None:
        one = self._someone()
        two = [each for each in self._family_of(one) if each.is_married][:2]
        self._record(events.Divorce(tuple(each.id for each in two) or (one.id,), self.today.isoformat()))

    def _new_head(self) -> None:
        one = self._someone()
        assert one.family_id
        succession = self._succession(self._family_of(one), wrong=self._rnd.random() < 0.2)
        self._record(events.HeadChange(one.family_id, succession))

    def _regroup(self) -> None:
        mover = self._someone()
        if self._rnd.random() < 0.5:
            self._to_new_home({mover.id: str(Relation.HEAD)}, [mover])
            return
        host = self._someone()
        assert host.family_id
        to = events.Destination(host.family_id, {mover.id: str(Relation.OTHER_FAMILY)})
        successions = {} if host.family_id == mover.family_id else self._needed(self._family_of(mover), {mover.id})
        self._record(events.Regroup(to, successions))

    def _rehouse(self) -> None:
        one = self._someone()
        assert one.family_id
        address = Address("Jalan Baru 1", "003", "004", self._rnd.choice(_VILLAGES))
        self._record(events.Rehouse(one.family_id, address))

    def _move_out(self) -> None:
        family = self._family_of(self._someone())
        movers = family if self._rnd.random() < 0.4 else self._rnd.sample(family, self._rnd.randint(1, len(family)))
        leaving = [one.id for one in movers]
        self._record(events.MoveOut(tuple(leaving), self._needed(family, set(leaving))))
        self._left(leaving)

    def _move_in(self) -> None:
        if self._gone and self._rnd.random() < 0.4:
            self._return()
            return
        born = self.today - timedelta(days=365 * self._rnd.randint(1, 70))
        head = self._newcomer(Relation.HEAD, born=born, sex=self._rnd.choice((Sex.MALE, Sex.FEMALE)))
        address = Address("Jalan Datang 3", "001", "001", self._rnd.choice(_VILLAGES))
        self._record(events.MoveIn(new_id(self.now), (head,), {}, self._number(), address))
        self._living.append(head.id)

    def _return(self) -> None:
        who, host = self._rnd.choice(self._gone), self._someone()
        assert host.family_id
        self._record(events.MoveIn(host.family_id, (), {who: str(Relation.OTHER_FAMILY)}))
        self._gone.remove(who)
        self._living.append(who)

    def _annul(self) -> None:
        who, host = self._rnd.choice(self._gone or self._living), self._someone()
        assert host.family_id
        self._record(events.Annulment(who, host.family_id, str(Relation.OTHER_FAMILY)))
        self._gone.remove(who)
        self._living.append(who)

    def _merge(self) -> None:
        gone, goes_on = self._someone(), self._someone()
        takes_place = self._rnd.random() < 0.5
        leaving, successions = {gone.id}, dict[UUID, events.Succession]()
        if takes_place and goes_on.family_id != gone.family_id:
            leaving.add(goes_on.id)
            successions |= self._needed(self._family_of(goes_on), leaving)
        if not takes_place:
            successions |= self._needed(self._family_of(gone), leaving)
        self._record(events.Merge(gone.id, goes_on.id, takes_place, successions))
        self._left([gone.id])

    def _element(self) -> None:
        one = self._someone()
        services.change_element(
            application_id=new_id(self.now), resident_id=one.id, element=Element.OCCUPATION,
            value=str(self._rnd.randint(1, 20)), actor=CENTRE, now=self.now,
        )  # fmt: skip
        self.touched = (one.family_id,) if one.family_id else ()
