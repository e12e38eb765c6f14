"""The command as users meet it: what it prints, its exit codes, one line for every bad input, nothing half-written."""

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
Plugin = Callable[..., Path]


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_a_run_prints_the_ledger_within_80_columns_and_writes_the_report(attest: Command, plugin: Plugin) -> None:
    done = attest("run", "demo2020", path=plugin('A = squares("demo2020.T1")'))
    assert done.returncode == 0, done.stderr
    assert "SUPPORTED" in done.stdout
    assert "exact" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout


def test_the_report_is_one_offline_page(attest: Command, plugin: Plugin, tmp_path: Path) -> None:
    attest("run", "demo2020", path=plugin('A = squares("demo2020.T1")'))
    page = (tmp_path / "here" / "report.html").read_text()
    assert "demo2020.T1" in page
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("body", "verdict", "code"),
    [
        ('A = squares("demo2020.T1")', "SUPPORTED", 0),
        ('A = squares("demo2020.T1", measures=lambda n: 1 // (n - 2))', "ERRED", 1),
        ('A = squares("demo2020.T1", measures=lambda n: n**2 + 1)', "REFUTED", 1),
        ('A = squares("demo2020.T1", rivals={"same": lambda n: n * n})', "POWERLESS", 1),
        ('A = squares("demo2020.T1", measures=lambda n: sum(1 for _ in range(10**9)), budget=0.1)', "UNDECIDED", 1),
    ],
)
def test_exit_codes_follow_the_verdicts(attest: Command, plugin: Plugin, body: str, verdict: str, code: int) -> None:
    done = attest("run", "demo2020", "--json", path=plugin(body))
    assert done.returncode == code, done.stderr
    assert json.loads(done.stdout)[0]["verdict"] == verdict


def test_a_claim_whose_sides_meet_is_left_out_and_named(attest: Command, plugin: Plugin) -> None:
    body = """
    def formula(n):
        return n**2
    A = squares("demo2020.T1", predicts=lambda n: formula(n), measures=lambda n: formula(n))
    """
    done = attest("list", path=plugin(body))
    assert done.returncode == 0
    assert "demo_plugin" in done.stderr
    assert "both reach" in done.stderr
    assert "demo2020" not in done.stdout


def test_a_broken_plugin_is_reported_and_stops_nothing(attest: Command, plugin: Plugin) -> None:
    plugin('A = squares("demo2020.T1")')
    path = plugin("raise RuntimeError('oh')", name="broken_plugin")
    done = attest("list", "demo2020", path=path)
    assert done.returncode == 0
    assert "the plug-in 'broken_plugin' is left out: RuntimeError: oh" in done.stderr
    assert "T1" in done.stdout


def test_a_duplicate_id_is_refused(attest: Command, plugin: Plugin) -> None:
    done = attest("list", path=plugin('A = squares("demo2020.T1")\nB = squares("demo2020.T1")'))
    assert "declared twice" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "cover1965.theorem-2"), "did you mean cover1965.theorem-1"),
        (("run", "nothing2000"), "no claim matches 'nothing2000'"),
        (("run", "cover1965", "nothing2000"), "no claim matches 'nothing2000'"),
        (("falsify", "cover1966"), "no claim 'cover1966'"),
        (("new", "Not A Key"), "a paper's key is <firstauthor><year>"),
        (("list", "--coverage"), "needs --index FILE"),
        (("report", "cover1965", "--html", "."), "is a folder; name a file in it"),
        (("list", "--coverage", "--index", "absent.json"), "cannot be read"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(attest: Command, words: tuple[str, ...], says: str) -> None:
    assert says in one_line(attest(*words))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "--budget", "-1"), "'--budget'"),
        (("run", "--jobs", "0"), "'--jobs'"),
        (("run", "--seed", "-3"), "'--seed'"),
        (("show",), "attest show --help` shows"),
        (("lst",), "Did you mean 'list'"),
    ],
)
def test_usage_errors_are_one_line_and_exit_code_2(
    attest: Command, words: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    assert says in one_line(attest(*words))
    assert not (tmp_path / "ledger.sqlite").exists()


def test_no_words_at_all_ask_for_help(attest: Command) -> None:
    done = attest()
    assert done.returncode == 2 and done.stderr.startswith("Usage: ") and "falsify" in done.stderr


def test_a_ledger_from_a_newer_version_is_refused_and_unchanged(attest: Command, tmp_path: Path) -> None:
    path = tmp_path / "newer.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    line = one_line(attest("run", "cover1965", "--ledger", str(path)))
    assert "version 99" in line
    assert path.read_bytes() == before


def test_a_damaged_ledger_is_reported_with_the_way_to_save_it(attest: Command, tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite"
    path.write_bytes(b"this is no database" * 400)
    line = one_line(attest("run", "cover1965", "--ledger", str(path)))
    assert f"attest ledger salvage {path} --jsonl OUT" in line
    assert path.read_bytes() == b"this is no database" * 400


def test_a_ledger_that_cannot_be_written_is_one_line(attest: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    line = one_line(attest("run", "cover1965", "--ledger", str(tmp_path / "file" / "ledger.sqlite")))
    assert "cannot be written; name another place with --ledger FILE or ATTEST_LEDGER" in line


def test_a_report_that_cannot_be_written_is_said_before_anything_is_measured(attest: Command, tmp_path: Path) -> None:
    (tmp_path / "here" / ".report.html.probe").mkdir()
    assert "report.html cannot be written" in one_line(attest("run", "cover1965"))
    assert not (tmp_path / "ledger.sqlite").exists()


def test_a_foreign_wing_on_the_path_is_named(attest: Command, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    (foreign / "numerics").mkdir(parents=True)
    (foreign / "numerics" / "__init__.py").write_text("")
    line = one_line(attest("list", path=foreign))
    assert str(foreign / "numerics") in line


def test_a_claim_file_that_does_not_import_is_one_line(attest: Command, tmp_path: Path) -> None:
    claims = Path(__file__).parents[2] / "attest" / "claims"
    script = (
        "import sys, attest.claims; attest.claims.__path__.append(sys.argv.pop(1)); from attest.cli import main; main()"
    )
    (tmp_path / "extra").mkdir()
    (tmp_path / "extra" / "wrong2020.py").write_text("import nowhere_at_all\n")
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "extra"), "list"], capture_output=True, text=True, cwd=tmp_path
    )
    assert "a claim file does not import: ModuleNotFoundError" in one_line(done)
    assert claims.is_dir()


def test_what_a_run_cannot_finish_in_its_budget_exits_with_3_and_resumes(attest: Command, plugin: Plugin) -> None:
    path = plugin('import time\nA = squares("demo2020.T1", measures=lambda n: time.sleep(0.4) or n**2)')
    done = attest("run", "demo2020", "--jobs", "1", "--budget", "0.3", path=path)
    assert done.returncode == 3
    assert "goes on from there" in done.stderr
    assert attest("run", "demo2020", path=path).returncode == 0


def test_show_falsify_cite_and_report_speak_of_one_claim(attest: Command, plugin: Plugin) -> None:
    path = plugin('A = squares("demo2020.T1")')
    attest("run", "demo2020", path=path)
    shown = attest("show", "demo2020.T1", path=path)
    text = " ".join(shown.stdout.split())
    assert "1. one number more: contradicted by n=1: predicted 4, measured 1" in text
    assert "attest run demo2020.T1 --fresh" in text
    assert json.loads(attest("show", "demo2020.T1", "--json", path=path).stdout)["as_declared"] is True
    sought = attest("falsify", "demo2020.T1", "--budget", "0.5", path=path)
    assert sought.returncode == 0
    assert "No counter-example" in sought.stdout
    cited = attest("cite", "demo2020", path=path).stdout
    assert "@misc{demo2020," in cited
    assert "@software{attest," in cited
    assert "SUPPORTED" in attest("report", "demo2020", path=path).stdout


def test_the_falsifier_refutes_a_bound_ten_per_cent_too_tight(attest: Command, plugin: Plugin) -> None:
    body = """
    A = squares(
        "demo2020.B", predicts=lambda x: 0.9, measures=lambda x: 1 - (x - 0.3) ** 2, agrees=at_most(),
        cases=({"x": 0.9},), free={"x": (0.0, 1.0)}, rivals={"half": lambda x: 0.1},
    )
    """
    path = plugin(body)
    done = attest("falsify", "demo2020.B", "--budget", "20", "--json", path=path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["counterexample"] is not None
    assert "REFUTED" in attest("show", "demo2020.B", path=path).stdout


def test_a_scaffold_runs_as_it_stands(attest: Command, tmp_path: Path, plugin: Plugin) -> None:
    done = attest("new", "vaswani2017")
    assert done.returncode == 0
    written = tmp_path / "here" / "vaswani2017.py"
    path = plugin(written.read_text(), name="vaswani2017", header="")
    assert attest("run", "vaswani2017", path=path).returncode == 0
    assert "exists already" in one_line(attest("new", "vaswani2017"))


def test_coverage_counts_the_longest_listed_tag(attest: Command, plugin: Plugin, tmp_path: Path) -> None:
    path = plugin('A = squares("demo2020.T1-eig")\nB = squares("demo2020.T2-more")\nC = squares("demo2020.t3")')
    index = tmp_path / "index.json"
    index.write_text(json.dumps({"demo2020": {"T1": "", "T1-eig": "", "T2": "", "T3": ""}}))
    found = json.loads(attest("list", "--coverage", "--index", str(index), "--json", path=path).stdout)
    assert found == {"demo2020": {"have": ["T1-eig", "T2"], "missing": ["T1", "T3"]}}


def test_the_ledger_travels_as_text(attest: Command, plugin: Plugin, tmp_path: Path) -> None:
    path = plugin('A = squares("demo2020.T1")')
    attest("run", "demo2020", path=path)
    text = attest("ledger", "export", "--jsonl", path=path).stdout
    assert json.loads(text.splitlines()[0])["value"] == {"int": "1"}
    (tmp_path / "rows.jsonl").write_text(text)
    other = str(tmp_path / "other.sqlite")
    assert (
        "Added 3 rows" in attest("ledger", "import", str(tmp_path / "rows.jsonl"), "--ledger", other, path=path).stdout
    )
    assert "SUPPORTED" in attest("report", "demo2020", "--ledger", other, path=path).stdout


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (("--help",), ("sympy", "numpy", "torch", "scipy")),
        (("list",), ("sympy", "numpy", "torch", "scipy", "numba", "pulp", "matplotlib")),
    ],
)
def test_light_commands_load_nothing_heavy(tmp_path: Path, words: tuple[str, ...], absent: tuple[str, ...]) -> None:
    begin = "import sys, atexit; atexit.register(lambda: print('LOADED', *sys.modules))"
    script = f"{begin}; from attest.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, cwd=tmp_path)
    loaded = done.stdout.rpartition("LOADED")[2].split()
    assert done.returncode == 0, done.stderr
    assert not set(absent) & set(loaded)


def test_several_patterns_name_the_claims_that_match_any_of_them(attest: Command, plugin: Plugin) -> None:
    names = [f"demo2020.T{k}" for k in (1, 2, 3)]
    path = plugin("\n".join(f'A{name[-1]} = squares("{name}")' for name in names))
    for command in ("list", "run", "report"):
        done = attest(command, "--json", "demo2020.T3", "demo2020.T[13]", path=path)
        assert [entry["id"] for entry in json.loads(done.stdout)] == ["demo2020.T1", "demo2020.T3"], done.stderr
    assert "no claim matches 'absent'" in one_line(attest("list", "demo2020.T1", "absent", path=path))


def test_brackets_in_a_statement_are_printed_as_they_stand(attest: Command, plugin: Plugin) -> None:
    path = plugin('A = squares("demo2020.T1", says="the mean E[a] of [red] :smile: values")')
    for words in (("list", "demo2020"), ("run", "demo2020"), ("show", "demo2020.T1")):
        assert "E[a] of [red] :smile:" in " ".join(attest(*words, path=path).stdout.split())


def test_a_calculator_answers_at_the_terminal(attest: Command) -> None:
    everything = attest("bound", "--list").stdout
    assert "region_bound" in everything and "\ndynamics\n" in everything
    assert "region_bound" not in attest("bound", "--list", "sen_").stdout
    told = attest("bound", "sen_norm")
    assert told.returncode == 0 and "mass: e^score summed over the other tokens" in told.stdout
    done = attest("bound", "region_bound", "n=4", "--json")
    assert json.loads(done.stdout)["value"] == 3882
    assert "(exact)" in attest("bound", "sen_norm", "score=3", "mass=20").stdout
    assert "def region_bound" in attest("export", "region_bound", "--to", "numpy").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("bound", "regionbound"), "did you mean region_bound"),
        (("bound", "region_bound", "4"), "write KEY=VALUE"),
        (("bound", "region_bound", "m=4"), "region_bound has no argument 'm'; it takes n, [degree]"),
        (("bound", "region_bound", "degree=2"), "region_bound is missing n; it takes n, [degree]"),
        (("bound", "sen_norm", "scor=2"), "did you mean score"),
        (("bound", "--list", "nothing"), "no calculator has 'nothing' in its name"),
        (("bound", "region_bound", "n=four"), "is not a value"),
        (("bound", "region_bound", "n=-1"), "n"),
        (("bound", "region_bound", "n=4", "n=5"), "was given 'n' twice"),
        (("bound", "laguerre_gain", "T=1000000"), "attest: laguerre_gain: the value is not a finite float"),
        (("export", "region_bound", "--to", "fortran"), "to must be one of"),
    ],
)
def test_a_calculator_refuses_what_it_cannot_use(attest: Command, words: tuple[str, ...], says: str) -> None:
    assert says in one_line(attest(*words))


def test_what_is_printed_of_our_claims_fits_80_columns(attest: Command) -> None:
    for words in (("list",), ("show", "baldi2022.C12")):
        done = attest(*words)
        assert done.returncode == 0, done.stderr
        assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_page_is_written_on_request_and_by_every_run(attest: Command, plugin: Plugin, tmp_path: Path) -> None:
    path = plugin('A = squares("demo2020.T1")')
    attest("run", "demo2020", path=path)
    assert "Wrote other.html" in attest("report", "demo2020", "--html", "other.html", path=path).stdout
    other = tmp_path / "here" / "other.html"
    assert other.read_text() == (tmp_path / "here" / "report.html").read_text()
    assert "cannot be written" in one_line(attest("report", "demo2020", "--html", "absent/page.html", path=path))


def at_a_terminal(words: tuple[str, ...], env: dict[str, str], folder: Path) -> str:
    """What a person sees who runs the command at a terminal of 80 columns."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "attest", *words]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=env) as running:
        os.close(theirs)
        seen = b""
        with contextlib.suppress(OSError):  # how Linux says that the other side has closed
            while part := os.read(ours, 65536):
                seen += part
        running.wait(timeout=120)
    os.close(ours)
    return seen.decode()


def test_progress_with_the_time_left_is_shown_at_a_terminal_only(
    attest: Command, plugin: Plugin, environment: Callable[..., dict[str, str]], tmp_path: Path
) -> None:
    path = plugin('import time\nA = squares("demo2020.T1", measures=lambda n: time.sleep(0.3) or n**2)')
    env = environment(path) | {"TERM": "xterm", "ATTEST_LEDGER": str(tmp_path / "other.sqlite")}
    seen = at_a_terminal(("run", "demo2020", "--jobs", "1"), env, tmp_path)
    assert re.search(r"demo2020\.T1 .*[123]/3.*\d:\d\d:\d\d", seen)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", seen), "NO_COLOR was set"
    sought = at_a_terminal(("falsify", "demo2020.T1", "--budget", "1"), env, tmp_path)
    assert re.search(r"\d+ measurements, \d s left", sought)
    assert "No counter-example" in sought
    coloured = at_a_terminal(("report", "demo2020"), {k: v for k, v in env.items() if k != "NO_COLOR"}, tmp_path)
    assert re.search(r"\x1b\[[0-9;]*32m", coloured)
    piped = attest("run", "demo2020", path=path)
    assert piped.stderr == ""
    assert "\x1b" not in piped.stdout


def test_the_shell_completes_commands_and_ids(
    environment: Callable[..., dict[str, str]], plugin: Plugin, tmp_path: Path
) -> None:
    for line, offered in (("attest fal", {"falsify"}), ("attest show cover19", {"cover1965.theorem-1"})):
        asked = {"_ATTEST_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
        command = [Path(sys.executable).with_name("attest")]
        done = subprocess.run(command, env=environment() | asked, capture_output=True, text=True, cwd=tmp_path)
        assert set(done.stdout.split()) == offered, done.stderr


def test_an_unforeseen_error_is_one_line_too_and_debug_shows_where(attest: Command, plugin: Plugin) -> None:
    broken = plugin('A = squares("demo2020.T1")\nobject.__setattr__(A, "says", 7)')
    assert "(--debug shows where)" in one_line(attest("show", "demo2020.T1", path=broken))
    traced = attest("show", "demo2020.T1", "--debug", path=broken)
    assert "Traceback" in traced.stderr
    assert traced.returncode == 1


def test_version_and_citation_need_no_claims_to_run(attest: Command) -> None:
    assert re.fullmatch(r"attest \d+\.\d+\.\d+\S*\n", attest("--version").stdout)
    assert attest("cite").stdout.count("@misc{") == 5


def test_the_packages_import_at_once(tmp_path: Path) -> None:
    script = "import sys, {}; print(*sys.modules)"
    for package in ("theory", "attest", "numerics"):
        done = subprocess.run(
            [sys.executable, "-c", script.format(package)], capture_output=True, text=True, cwd=tmp_path
        )
        assert not {"sympy", "numpy", "torch", "scipy", "numba", "rich", "typer"} & set(done.stdout.split())
