"""Cases of a module as TAP: every function whose only argument is called as `first` says.
`--only WORDS` runs those that have the words in their name."""
import sys
import traceback


def cases_of(module, first):
    return [case for case in vars(module).values()
            if getattr(case, "__code__", None) and case.__code__.co_argcount == 1
            and case.__code__.co_varnames[:1] == (first,) and case.__module__ == module.__name__]


def words():
    """What stands on the command line before the first option."""
    given = sys.argv[1:]
    return given[:next((at for at, word in enumerate(given) if word.startswith("--")), len(given))]


def run(module, first, rig, close):
    """Exit status. `close` in any case."""
    failed, cases = 0, cases_of(module, first)
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
    try:
        for number, case in enumerate(cases, 1):
            words = case.__name__.replace("_", " ")
            if only not in words:
                continue
            try:
                case(rig)
                print("ok", number, "-", words, flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print("not ok", number, "-", words)
                print("#  " + traceback.format_exc().strip().replace("\n", "\n#  "), flush=True)
        print(f"1..{len(cases)}")
    finally:
        close()
    return 1 if failed else 0
