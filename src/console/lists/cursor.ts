/** Moving a cursor in a list by command. Pure. */

export const listMoves = ['list.down', 'list.up', 'list.page-down', 'list.page-up', 'list.first', 'list.last'] as const;
export type ListMove = (typeof listMoves)[number];

/** Where a move leads, kept inside the list. */
export function moved(cursor: number, move: ListMove, length: number, page: number): number {
  const last = Math.max(0, length - 1);
  const to = {
    'list.down': cursor + 1,
    'list.up': cursor - 1,
    'list.page-down': cursor + page,
    'list.page-up': cursor - page,
    'list.first': 0,
    'list.last': last,
  }[move];
  return Math.max(0, Math.min(last, to));
}

/** All moves as view commands. */
export function moveCommands(move: (move: ListMove) => void): Readonly<Record<string, () => void>> {
  return Object.fromEntries(listMoves.map((name) => [name, () => move(name)]));
}
