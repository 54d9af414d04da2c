"""Random histories of ratings, at the times at which days are easily got wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
N_DAYS = 7 * 365  # on which a history begins
EDGES = (  # none within the second after 04:00:00, which Anki reads as 04:00:00
    time(0),
    time(23, 59, 59, 999_000),
    time(3, 59, 59, 999_000),
    time(4),
    time(4, 0, 1),
)
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Lord_Howe",  # half an hour of summer time
    "America/St_Johns",
    "Pacific/Auckland",
)

Rating = tuple[str, int, int]  # zone, unix ms, grade


def history(
    random: Random, zones: tuple[str, ...] = ZONES, first: date = date(2024, 1, 1)
) -> list[Rating]:
    """Ratings of one item in the order in which they were given.

    Learners review on the day itself, days or years later, travel, and have clocks
    that are set back; a quarter of the histories begins where the clocks change.
    """
    zone = random.choice(zones)
    day = first + timedelta(random.randrange(N_DAYS))
    if random.random() < 0.25 and changes(zone, first):
        day = random.choice(changes(zone, first)) - timedelta(random.randrange(3))
    made: dict[int, Rating] = {}
    for _ in range(random.randint(1, 14)):
        if random.random() < 0.02:
            zone = random.choice(zones)
        t = moment(random, zone, day)
        while t in made:
            t += 60_000
        made[t] = (zone, t, random.choices((1, 2, 3, 4), (4, 4, 10, 3))[0])
        day += timedelta(gap(random))
    return list(made.values())


def gap(random: Random) -> int:
    """Days until the next rating; a few are negative."""
    ranges = ((0, 0), (1, 1), (2, 10), (5, 60), (30, 400), (300, 2000), (-400, -1))
    return random.randint(*random.choices(ranges, (60, 50, 60, 60, 30, 3, 3))[0])


def moment(random: Random, zone: str, day: date) -> int:
    """A time on this day, in unix milliseconds: one in five is an edge of a day."""
    clock = time(*(random.randrange(n) for n in (24, 60, 60)))
    if random.random() < 0.2:
        clock = random.choice(EDGES)
    fold = random.randrange(2)
    local = datetime.combine(day, clock, ZoneInfo(zone)).replace(fold=fold)
    return (local.astimezone(UTC) - EPOCH) // MILLISECOND


def study_day(zone: str, t: int) -> int:
    """The local day of a time: one that begins right after 04:00."""
    local = (EPOCH + t * MILLISECOND).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    begun = local - timedelta(hours=4) - MILLISECOND
    return (begun.date() - EPOCH.date()).days


@cache
def changes(zone: str, first: date) -> list[date]:
    """The days on which the clocks of a zone change."""
    days = [first + timedelta(i) for i in range(N_DAYS)]
    noons = [datetime.combine(day, time(12), ZoneInfo(zone)) for day in days]
    return [b.date() for a, b in pairwise(noons) if a.utcoffset() != b.utcoffset()]
