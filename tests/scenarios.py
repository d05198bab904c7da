"""The 25 acceptance scenarios, each in a line; a test that proves one carries `@pytest.mark.scenario(number)`."""

SCENARIOS = {
    1: "recorded with no network for three days: a receipt at once, then at regency and pusat exactly once",
    2: "a changed KK in Ijen: printed the same day, QR green, the former yellow, a forged digit red",
    3: "no fingers, no sight: the recording completes, never a dead end",
    4: "the photo is disliked: no fingers before the resident agrees; red for odd years, blue for even",
    5: "born in Jakarta, lives in Tapen: the number stays, no error",
    6: "a grandmother of 1921 is a hundred years old; twins have numbers of their own",
    7: "recorded twice: plain words, one choice, a case with owner and day, no second card",
    8: "a bag of 40 arrives with 39: the discrepancy opens by itself and names both; blanks balance to zero",
    9: "500 blanks for 700: fair order, position and honest day, no jump without a logged reason",
    10: "a grandfather without telephone or e-mail: help at the village, a paper code, no field forces e-mail",
    11: "a move to Jember: SKPWNI, KTP not taken, no children without an adult head",
    12: "one-word and apostrophe names: old ones untouched, new ones by the rules",
    13: "a baby of 75 days: late registration, akta, KK and KIA in one application",
    14: "who opened my data: the list of accesses with purpose",
    15: "a new operator's first day: by the guided screens alone, live mode locked before",
    16: "a power cut at the ninth finger: eight or nine are saved, nothing half-sent",
    17: "an unread instruction moves to the camat; a question moves the turn back to the office",
    18: "a diverted PC: idle days run and stop only at a real capture or print",
    19: "what did one set cost: one search, under 2 s, sums that agree, missing evidence named",
    20: "14 or 19: counted by BAST beside the claim, the difference, what would close it",
    21: "it is the central network: any hour from both ends; the end that is down is the cause",
    22: "the Sekda's Monday list: one owner each, one deadline, overdue rises to the Sekda",
    23: "a set is reassigned: BAST, mutasi, status; both books change, history keeps the old holder",
    24: "before the hearing: the report, and a tool that stands alone names one altered event; no NIK",
    25: "where must I still go to town, for what, why, who must act by when; figures lead to events",
}
# Why a scenario has no test yet.
NOT_YET: dict[int, str] = {}
