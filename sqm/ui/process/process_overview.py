"""All processes, the weakest first, and the map of who answers for what."""

from sqm.rules.matrix.process import Row, group
from sqm.rules.targets import Status
from sqm.ui import links, status_style
from sqm.ui.doors.data_names import Names
from sqm.ui.indicator import indicator_texts as texts
from sqm.ui.markup import NOTHING, Html, block_title, cell, div, el, join, span, table
from sqm.ui.matrix.data_matrix import MonthView
from sqm.ui.matrix.matrix_grid import OBSERVED
from sqm.ui.process import data_process, process_rows, process_words
from sqm.ui.process.process_departments import part_word
from sqm.ui.watch.data_watch import WatchView
from sqm.ui.words import _, listed, name


def order(view: MonthView, names: Names) -> tuple[str, ...]:
    """Processes by the share of appraised indicators missed, the largest first; what cannot be judged comes last."""
    rated = [str(row["process_code"]) for row in view.weakest]
    return (*rated, *(code for code in names.processes if code not in rated))


def ranking(view: MonthView, names: Names, watch: WatchView) -> Html:
    """One row a process: appraised misses, observed misses, what really gets worse, satisfaction, who leads."""
    titles = [
        _("Process"),
        _("Appraised indicators"),
        _("Operations (observed)"),
        _("Behaviour"),
        _("Worst indicator"),
        _("Satisfaction"),
        _("13 months"),
        _("Lead department"),
    ]
    head = [el("th", each, css="sqm-r" if at == 5 else "") for at, each in enumerate(titles)]
    rows = [_ranked(code, titles, view, names, watch) for code in order(view, names)]
    return table(head, rows, css="sqm-list sqm-ranking")


def _ranked(process: str, titles: list[str], view: MonthView, names: Names, watch: WatchView) -> Html:
    record = names.processes[process]
    rows = data_process.rows_of(view, process)
    appraised = group("appraised", (row for row in rows if row["appraised"]))
    observed = group(OBSERVED, (row for row in rows if row["dimension_code"] == OBSERVED))
    count = process_words.getting_worse(rows, watch)
    lead = next(iter(names.owners.get(process, ())), None)
    value, line = _satisfaction(process, view, names)
    worst = appraised.rows[0] if appraised.status in (Status.MISSED, Status.NEAR) else None
    return el(
        "tr",
        cell(links.link(name(record), "process", css="sqm-way", process=process), titles[0], "sqm-name"),
        cell(process_words.badge(appraised), titles[1]),
        cell(process_words.badge(observed), titles[2]),
        cell(span("sqm-worse" if count else "sqm-soft", process_words.worse(count)), titles[3]),
        cell(_worst(worst, names), titles[4]),
        cell(value, titles[5], "sqm-r"),
        cell(line, titles[6], "sqm-spark"),
        cell(name(lead) if lead else "", titles[7], "sqm-owner"),
    )


def _worst(row: Row | None, names: Names) -> Html:
    if row is None:
        return span("sqm-soft", _("none below target"))
    title = names.indicator(str(row["indicator_code"]))
    values = _("{value} (target {target})", value=texts.value(row), target=texts.target(row))
    return Html(links.link(title, "indicator", code=str(row["indicator_code"])) + div("sqm-soft", values))


def _satisfaction(process: str, view: MonthView, names: Names) -> tuple[str, Html]:
    record = data_process.overall(names, process)
    row = None if record is None else view.rows.get(str(record["indicator_code"]))
    return ("", NOTHING) if row is None else (texts.value(row), process_rows.line(row, view))


def accountability(view: MonthView, names: Names) -> Html:
    """Process by department: who leads, who supports, and how many of its indicators there are missed."""
    departments = _by_process(view, names)
    head = [el("th", _("Process")), *(el("th", names.department(code)) for code in departments)]
    rows = [_duties(process, departments, view, names) for process in order(view, names)]
    title = block_title(_most_spread(view, names), _("missed of the indicators that a department owns in a process"))
    return join([title, table(head, rows, css="sqm-map")])


def _by_process(view: MonthView, names: Names) -> list[str]:
    """Departments in the order of the processes that they answer for: neighbours stand beside each other."""
    found = (part.code for process in names.processes for part in data_process.departments_of(view, names, process))
    return list(dict.fromkeys(found))


def _duties(process: str, departments: list[str], view: MonthView, names: Names) -> Html:
    parts = {part.code: part for part in data_process.departments_of(view, names, process)}
    shown = [el("th", links.link(name(names.processes[process]), "process", process=process), scope="row")]
    for code in departments:
        part = parts.get(code)
        if part is None:
            shown.append(el("td", css="sqm-none"))
            continue
        leads = data_process.leads(names, process, code)
        count = f"{part.count(part.status)}/{part.total} {status_style.label(part.status)}"
        word = el("strong", part_word(leads)) if leads else span("", part_word(leads))
        inside = Html(div(f"sqm-status sqm-{part.status}", count) + div("sqm-soft", word))
        shown.append(el("td", div("", inside), css=f"sqm-on-{part.status}", data_label=names.department(code)))
    return el("tr", *shown)


def _most_spread(view: MonthView, names: Names) -> str:
    """The departments with misses in most processes."""
    spread: dict[str, int] = {}
    for process in names.processes:
        for part in data_process.departments_of(view, names, process):
            spread[part.code] = spread.get(part.code, 0) + bool(part.missed)
    most = max(spread.values(), default=0)
    if not most:
        return _("No department misses a target in any process")
    return _(
        "Misses in most processes: {departments}, in {n} of {total}",
        departments=listed([names.department(code) for code in spread if spread[code] == most]),
        n=most,
        total=len(names.processes),
    )
