"""People who do not exist: fingers, eyes and faces drawn from a seed, for the emulator, the demo and the tests."""
