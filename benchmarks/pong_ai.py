"""How the three opponents of Pong fare against one scripted, decent player. Seeded; prints JSON.

python benchmarks/pong_ai.py --games 20
"""

from __future__ import annotations

import argparse
import json
import random

from handplay.games.pong.court import LEFT, RIGHT, CourtSettings, Match
from handplay.games.pong.flight import PaddleHit
from handplay.games.pong.opponent import DECENT, SKILLS, Difficulty, Opponent, Skill
from handplay.games.pong.rules import Inputs, step

DT_S = 1 / 60


def play(difficulty: Difficulty, seed: int, court: CourtSettings, *, rival: Skill = DECENT) -> dict[str, float]:
    """One game of `rival` (left) against an opponent (right)."""
    rng = random.Random(seed)
    sides = (
        Opponent(LEFT, rival, random.Random(seed + 1), court),
        Opponent(RIGHT, SKILLS[difficulty], random.Random(seed + 2), court),
    )
    match, time_s, wait_s, top = Match(), 0.0, 0.0, 0.0
    while match.winner is None and time_s < 3600:
        wait_s = wait_s + DT_S if match.ball is None else 0.0
        targets = (sides[LEFT].decide(match, DT_S), sides[RIGHT].decide(match, DT_S))
        match, events = step(match, Inputs(targets, serve=wait_s > 1.0), DT_S, rng, court)
        time_s += DT_S
        top = max([top, *(event.speed for event in events if isinstance(event, PaddleHit))])
    points = sum(match.score)
    return {
        "won": float(match.winner == LEFT),
        "share": match.score[LEFT] / points,
        "rally": match.hits / points,
        "longest": float(match.longest_rally),
        "top_speed": top,
        "minutes": time_s / 60,
    }


def run(games: int, seed: int) -> dict[str, dict[str, float]]:
    """Means over so many games for each difficulty."""
    court = CourtSettings()
    table: dict[str, dict[str, float]] = {}
    for difficulty in SKILLS:
        rows = [play(difficulty, seed + 10 * number, court) for number in range(games)]
        table[difficulty] = {key: round(sum(row[key] for row in rows) / games, 3) for key in rows[0]}
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--games", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(json.dumps({"games": args.games, "player": run(args.games, args.seed)}, indent=2))


if __name__ == "__main__":
    main()
