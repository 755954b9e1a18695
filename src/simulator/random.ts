/** Deterministic randomness: every invented value is a function of the seed and of what it belongs to. */

export interface Random {
  /** 0 <= x < 1. */
  next(): number;
  /** Whole number, 0 <= x < limit. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/**
 * A stream of its own for each key, so that the fortieth company is the same whoever asks and in whatever order.
 * mulberry32: small, quick, and even enough for invented data.
 */
export function random(seed: number, kind: string, index = 0): Random {
  let state = mix(mix(seed | 0, hash(kind)), index | 0);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError('pick: the list is empty');
      return list[below(list.length)] as T;
    },
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}

/** The finaliser of MurmurHash3: neighbouring keys give unrelated streams. */
function mix(left: number, right: number): number {
  let value = Math.imul(left ^ Math.imul(right, 0x9e3779b1), 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return value ^ (value >>> 16);
}
