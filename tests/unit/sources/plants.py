"""One planted fault for each way to break each rule that a machine holds."""

from typing import NamedTuple

PAGE = "chapters/foundations/thing.md"
ANSWERS = "solutions/foundations/thing.md"
STUDY = "study/foundations/thing.yml"
CHECKS = "utils/checks/thing.py"


class Plant(NamedTuple):
    """Replace `old` by `new` in `file`; `says` must be reported as `rule`.

    It is reported in `where` (or `file`), at the first line that contains `at` (or
    at line 1). With `old` empty the file is written anew; with `new` None, removed.
    """

    rule: str
    file: str
    old: str
    new: str | None
    says: str
    at: str = ""
    where: str = ""


LONG_CELL = "```{code-cell} ipython3\n" + "line(np.ones(1), 1.0)\n" * 26 + "```"
LONG_CLASS = "        self.w = w\n" * 39
SPLIT = "A number comes\nnext."
FOLLOW = "It is two."
CELL = "line(np.ones(2), 2.0)"
TWO = "twice x."
STEP = "(thing-line)=\n### The line itself"

PLANTS = (
    # S01 to S05: files
    Plant("S01", CHECKS, "", None, "is missing", "chapters/foundations", "_toc.yml"),
    Plant("S01", STUDY, "", None, "is missing", "chapters/foundations", "_toc.yml"),
    Plant(
        "S01",
        "_toc.yml",
        "          - file: solutions/foundations/thing\n",
        "",
        "list solutions/foundations/thing",
        "chapters/foundations",
    ),
    Plant("S01", "study/foundations/other.yml", "", "cards: []", "belongs to no"),
    Plant("S01", "utils/checks/other.py", "", "x = 1", "belongs to no chapter"),
    Plant(
        "S01",
        "_toc.yml",
        "  - caption: Reference\n",
        "      - file: chapters/cnns/thing\n  - caption: Reference\n",
        "slug 'thing' is taken",
        "chapters/cnns/thing",
    ),
    Plant("S02", PAGE, "file_format: mystnb\n", "", "lacks 'file_format: mystnb'"),
    Plant("S02", ANSWERS, "kernelspec", "kernel", "lacks 'kernelspec: …'"),
    Plant("S02", PAGE, "  extras: []\n", "", "needs 'course.extras'"),
    Plant("S02", PAGE, "2026-11-20", "lately", "'course.reviewed' of type date"),
    Plant("S02", PAGE, "extras:", "level: 1\n  extras:", "which nothing reads"),
    Plant("S03", PAGE, "(ch-thing)=\n", "", "start with '(ch-thing)='", "# A thing"),
    Plant("S03", ANSWERS, "(sol-thing)=", "(thing)=", "'(sol-thing)='", "(thing)="),
    Plant("S03", PAGE, "(thing-line)=", "(line)=", "must be 'thing-…'", "(line)="),
    Plant(
        "S03",
        PAGE,
        STEP,
        f"{STEP}\n\n(thing-line)=",
        "is already in",
        "(thing-line)=\n\nA",
    ),
    Plant(
        "S04",
        "README.md",
        "- [A thing](chapters/foundations/thing.md)\n",
        "",
        "links chapters/foundations/thing.md 0 times",
    ),
    Plant(
        "S04",
        "README.md",
        "- [A thing]",
        "- [B](chapters/cnns/b.md)\n- [A thing]",
        "is not in _toc.yml",
        "[B]",
    ),
    Plant("S04", "README.md", "_toc.yml ", "toc.yml  ", "names 'toc.yml'", "toc.yml"),
    Plant("S04", "README.md", "study/", "utils/", "does not name 'study'"),
    Plant("S04", ".ci/run", "", "make", "name '.ci'", where="README.md"),
    Plant("S04", "README.md", ".org/course", ".org/a", "is not the address", "clone"),
    Plant("S04", "CITATION.cff", ".org/course", ".org/a", "is not the address"),
    Plant(
        "S04",
        "chapters/index.md",
        "**{ref}`ch-thing`**",
        "A thing",
        "links chapters/foundations/thing.md 0 times",
        "## The map",
    ),
    Plant(
        "S04",
        "chapters/index.md",
        "Another thing",
        "{ref}`ch-thing`",
        "thing.md 2 times",
        "## The map",
    ),
    Plant("S04", "chapters/index.md", "## The map", "## A map", "no section 'The"),
    Plant("S04", "README.md", "make book", "make boot", "'make boot'", "make boot"),
    Plant("S05", CHECKS, "return None", "return '/home/ada/x'", "/home/ada", "ada"),
    Plant("S05", PAGE, FOLLOW, "cdn.jsdelivr.net", "no other", "jsd"),
    Plant("S05", PAGE, FOLLOW, "![](https://x.org/a.png)", "picture of https", "![]"),
    Plant("S05", PAGE, FOLLOW, "It is ![x][a].\n\n[a]: //x.org/a.png", "//x", "![x]"),
    Plant(
        "S05",
        ANSWERS,
        "**Common mistake.** Call",
        "```{figure} https://x.org/a.png\n```\n\nCall",
        "picture of https",
        "```{figure}",
    ),
    # S10 to S15: the page
    Plant("S10", PAGE, "## The maths", "## Maths", "is called 'Maths'", "## Maths"),
    Plant("S10", PAGE, "## Intuition", "## Experiment", "before 'Exp", "## The maths"),
    Plant("S10", PAGE, "## Further reading", "### Further", "'Further reading' is mi"),
    Plant("S10", PAGE, "### The line", "#### The line", "skips a level", "#### The"),
    Plant("S10", PAGE, "## Summary", "# Summary", "has 2 titles", "# Summary"),
    Plant(
        "S10",
        PAGE,
        "## Summary",
        "## In PyTorch\n\n## Summary",
        "'In PyTorch' is empty",
        "## In PyTorch",
    ),
    Plant("S11", PAGE, "number?", "number.", "ask the one question", "## At a glance"),
    Plant("S11", PAGE, "- draw a line;\n", "", "2 items after", "## At a glance"),
    Plant("S11", PAGE, "- A line is drawn.\n", "", "2 items for 3", "## Summary"),
    Plant("S12", PAGE, "goes on and on through", "goes", "words of prose"),
    Plant("S12", PAGE, f"```{{code-cell}} ipython3\n{CELL}\n```\n", "", "7 code cells"),
    Plant("S12", PAGE, "explore(draw,", "draw(", "0 widgets"),
    Plant(
        "S12", PAGE, "fig, ax = plt.subplots()\nax.plot([0, 1], [0, 2])", "1", "1 fi"
    ),
    Plant(
        "S12",
        PAGE,
        "$$ (eq-thing-line)\n",
        "$$ (eq-thing-line)\n"
        + "".join(f"\n$$ y $$ (eq-thing-{n})\n" for n in range(8)),
        "9 numbered equations",
    ),
    Plant("S13", PAGE, "reading: 24", "reading: 40", "says 40 minutes", "reading:"),
    Plant(
        "S13",
        PAGE,
        "goes on and on through the same few points of the",
        "on",
        "not 20",
        "reading:",
    ),
    Plant("S13", PAGE, "**Time.** 24", "**Time.** 23", "'**Time.** 24", "**Time.**"),
    Plant(
        "S14", PAGE, "Predict\n:class: tip\nHow", "Ask\n:class: tip\nHow", "no pre"
    )._replace(at="## The problem"),
    Plant(
        "S14",
        PAGE,
        "Predict\n:class: tip\nWhich",
        "Ask\n:class: tip\nWhich",
        "widget without a prediction",
        "def draw",
    ),
    Plant("S15", PAGE, "```{quiz}\n```", "Soon.", "no quiz", "## Check yourself"),
    Plant("S15", PAGE, "<ex-thing>", "<ch-thing>", "links no ex", "## Exercises"),
    # S20 to S24: prose
    Plant("S20", PAGE, FOLLOW, "It is two. It is so.", "begins at 'It is so", "so."),
    Plant("S20", PAGE, FOLLOW, 'Is it two?" So be it.', "'So be it.'", "So be it"),
    Plant("S20", PAGE, FOLLOW, "It is $y$. $x$ is not.", "begins at '¤", "It is $y$"),
    Plant("S20", PAGE, "A number comes next.", SPLIT, "in mid-sentence", "A number c"),
    Plant("S20", PAGE, "How steep is it?", "How? Or why?", "begins at 'Or why?'", "Or"),
    Plant("S21", PAGE, FOLLOW, "It is just two.", "'just' is banned", "just"),
    Plant(
        "S21", PAGE, "A line that turns.", "It Simply turns.", "'Simply'", "---", PAGE
    )._replace(at="It Simply turns"),
    Plant("S21", "chapters/index.md", "Start", "Obviously, start", "banned", "Obv"),
    Plant("S22", PAGE, FOLLOW, "It is <b>two</b>.", "raw HTML", "<b>"),
    Plant("S22", PAGE, FOLLOW, "It is two.\n\n<div>x</div>", "raw HTML", "<div>"),
    Plant("S22", PAGE, FOLLOW, "It is\n$$\n2\n$$\nhere.", "is not read", "$$\n2"),
    Plant("S23", PAGE, "A number comes next.", "### Numbers", "before this cell", CELL),
    Plant("S23", PAGE, "A **line** is this:\n", "", "before this formula", "$$"),
    Plant("S23", PAGE, FOLLOW, "### More", "after this cell", CELL),
    Plant("S24", PAGE, "line itself", "line itself.", "ends in a mark", "itself."),
    Plant(
        "S24", PAGE, "The line itself", "Lines Which Turn Round", "title case"
    )._replace(at="Lines Which"),
    # S30 to S35: cells
    Plant(
        "S30", PAGE, f"```{{code-cell}} ipython3\n{CELL}\n```", LONG_CELL, "26 lin"
    )._replace(at="line(np.ones(1)"),
    Plant("S30", PAGE, "        self.w = w\n", LONG_CLASS, "43", "class Line"),
    Plant("S30", PAGE, CELL, CELL + "  # " + "x" * 70, "95 columns", "xxxx"),
    Plant("S31", PAGE, CELL, "import json", "outside the first", "import json"),
    Plant("S31", ANSWERS, "thing as check", "*", "star import", "import *"),
    Plant(
        "S31", PAGE, "    return times(x)", "    import os\n", "outside", "import os"
    ),
    Plant("S32", PAGE, CELL, "%timeit 1", "magic or shell", "%timeit"),
    Plant("S32", PAGE, CELL, "!pip list", "magic or shell", "!pip"),
    Plant("S32", PAGE, CELL, f":tags: [remove-cell]\n{CELL}", "'remove-cell'", CELL),
    Plant("S32", PAGE, CELL, f":tags: [hide-input]\n{CELL}", "hides 1 lines", CELL),
    Plant("S32", PAGE, CELL, f":other: 1\n{CELL}", "cell option 'other'", CELL),
    Plant("S32", PAGE, f"ipython3\n{CELL}", f"python\n{CELL}", "opens with", CELL),
    Plant("S32", PAGE, CELL, 'glue("x", 1)', "glue()", "glue("),
    Plant("S32", PAGE, CELL, 'myst_nb.glue("x", 1)', "glue()", "glue("),
    Plant("S32", PAGE, CELL, 'builtins.eval("1")', "eval()", "eval("),
    Plant("S32", PAGE, CELL, 'os.system("ls")', "own commands", "os.system"),
    Plant("S32", PAGE, CELL, 'subprocess.run("ls")', "own commands", "subprocess.run"),
    Plant("S32", PAGE, CELL, f"#NBVAL_SKIP\n{CELL}", "from comparing", "#NBVAL"),
    Plant(
        "S32", ANSWERS, "double1)", "double1)  # NBVAL_CHECK_OUTPUT", "comparing"
    )._replace(at="check.check1("),
    Plant(
        "S32", PAGE, CELL, f"# PYTEST_VALIDATE_IGNORE_OUTPUT\n{CELL}", "comparing"
    )._replace(at="# PYTEST"),
    Plant("S32", PAGE, CELL, 'from os import popen as p\np("ls")', "os.popen", 'p("'),
    Plant("S32", PAGE, CELL, 'warnings.simplefilter("ignore")', "hides", "simplef"),
    Plant(
        "S32", PAGE, "course:", "mystnb: {execution_allow_errors: true}\ncourse:", "se"
    ),
    Plant("S33", PAGE, CELL, "line(np.ones(2", "not valid Python", "line(np.ones(2"),
    Plant("S34", PAGE, "x: np.ndarray, w: float", "x, w", "hint for x, w", "def line"),
    Plant("S34", PAGE, "(v: np.ndarray)", "(v)", "times() has no type", "def times"),
    Plant("S34", PAGE, "w: float) -> None", "w: float)", "it returns", "__init__"),
    Plant("S34", PAGE, '    """Draw y = slope · x."""\n', "", "no doc", "def draw"),
    Plant("S34", ANSWERS, TWO, "2x.\n\n    Yes.\n    ", "several lines", "def double1"),
    Plant("S35", PAGE, CELL, "np.random.rand(2)", "hidden state", "np.random.rand"),
    Plant("S35", PAGE, CELL, "random.random()", "use random.Random", "random.random"),
    Plant("S35", PAGE, CELL, "from random import choice as c\nc([1])", "hid", "c([1])"),
    Plant("S35", PAGE, CELL, "torch.rand(3)", "before any seed", "torch.rand(3)"),
    Plant("S35", PAGE, CELL, "import torch as t\nt.randperm(3)", "before", "t.randp"),
    Plant(
        "S35",
        PAGE,
        CELL,
        "x = torch.randn(2)\ntorch.manual_seed(0)",
        "before any seed",
        "torch.randn(2)",
    ),
    # S40 to S42: pictures
    Plant(
        "S40", PAGE, "fig-thing-picture1", "fig-one", "'fig-thing-…'", "rises to"
    )._replace(at="fig, ax = plt.subplots()\nax"),
    Plant(
        "S40", PAGE, "    caption: A line that turns.\n", "", "no caption", "def draw"
    ),
    Plant(
        "S40",
        ANSWERS,
        "    return 2 * x\n",
        "    return 2 * x\n\n\nplt.subplots()\n",
        "no caption",
        'def double1(x: float) -> float:\n    """Return twice x."""\n    return',
    ),
    Plant(
        "S41", PAGE, "The line rises to two at the right end.", "''", "no altern"
    )._replace(at="fig, ax = plt.subplots()\nax"),
    Plant(
        "S41", PAGE, "The line rises to two", "A plot of a line", "names the kind"
    )._replace(at="fig, ax = plt.subplots()\nax"),
    Plant(
        "S41", PAGE, "The line rises to two at the right end.", "Rises.", "too short"
    )._replace(at="fig, ax = plt.subplots()\nax"),
    Plant("S42", PAGE, "slope=[0", "a=[1], b=[1], slope=[0", "3 controls", "def draw"),
    Plant("S42", PAGE, 'start={"slope": 1}, ', "", "no 'start", "def draw"),
    Plant("S42", PAGE, "explore(draw", "w = explore(draw", "not the last", "def draw"),
    # S50 to S53: references
    Plant("S50", PAGE, "{cite:p}`euclid`", "{cite:p}`gauss`", "'gauss'", "gauss"),
    Plant(
        "S50", "references.bib", "@book{", "@book{gauss,\n}\n@book{", "nowhere", "ga"
    ),
    Plant("S51", PAGE, "{term}`Line`", "{term}`lines <curve>`", "'curve'", "<curve>"),
    Plant(
        "S52", PAGE, "{numref}`fig-thing-widget`", "{numref}`fig-x`", "'fig-x'", "-x"
    ),
    Plant(
        "S52", "chapters/reference/glossary.md", "thing-line", "no-line", "no label"
    )._replace(at="no-line"),
    Plant("S53", PAGE, "{eq}`eq-thing-line`", "it", "no {eq} refers", "$$"),
    Plant("S53", PAGE, "$$ (eq-thing-line)", "$$ (thing-eq)", "begin with 'eq-'", "$$"),
    Plant("S53", PAGE, "y = w x", r"\def\a{1} y", "a private macro", "$$"),
    # S61: cards
    Plant(
        "S61", PAGE, "```{cards} thing-line\n```", "Nothing.", "shows no cards"
    )._replace(at="(thing-line)="),
    Plant("S61", PAGE, "{cards} thing-line", "{cards} thing-x", "no card", "{cards}"),
    Plant(
        "S61",
        PAGE,
        STEP,
        "```{cards} thing-line\n```\n\n" + STEP,
        "does not stand above",
        "{cards}",
    ),
    Plant(
        "S61",
        PAGE,
        "```{cards} thing-line\n```",
        "```{cards} thing-line\n```\n\n\n```{cards} thing-line \n```",
        "stand here twice",
        "{cards} thing-line ",
    ),
    # S70 to S73: exercises
    Plant("S70", ANSWERS, "## 4. Exercise 4", "### More", "4 exercises"),
    Plant("S70", ANSWERS, "## 2. Ex", "## 3. Ex", "begin with '2. '", "## 3. Ex"),
    Plant("S70", ANSWERS, "*Debug", "*Recall", "no exercise of the kind Debug"),
    Plant("S70", ANSWERS, "5 minutes*", "7 minutes*", "take 35 minutes"),
    Plant("S70", PAGE, "exercises: 25", "exercises: 24", "adds up to 25", "exercises:"),
    Plant(
        "S70",
        ANSWERS,
        "**Solution.** The slope",
        "```{code-cell} ipython3\n1\n```\n\nThe slope",
        "every exercise has code",
    ),
    Plant("S71", ANSWERS, "*Implement · ★★", "*Do · ★★", "a first line", "## 1."),
    Plant(
        "S71", ANSWERS, "**Given.** The line.", "Given.", "no '**Given.**", "## 5."
    )._replace(new="There is a line."),
    Plant(
        "S71", ANSWERS, "Hint 1\nThink of the", "Answer\nThink of the", "Hint", "## 5"
    ),
    Plant("S72", ANSWERS, "**Solution.** The", "The", "no '**Solution.**", "## 5."),
    Plant("S72", ANSWERS, "**Common mistake.** Call", "Call", "**Common", "## 5."),
    Plant("S73", ANSWERS, "check.check1(double1)", "double1(2)", "no check", "## 1."),
    Plant("S73", ANSWERS, "check.check1(", "check.check9(", "check9 does", "check9("),
    Plant("S73", CHECKS, "def check4", "def check5", "'check5'", "def check5"),
    Plant(
        "S73",
        ANSWERS,
        "check.check1(double1)",
        ":tags: [solution]\ncheck.check1(double1)",
        "must follow the solution",
        "check.check1(",
    ),
)
