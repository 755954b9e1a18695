/** Copying over any number of SSH hops: the terminal itself is asked (OSC 52). It never answers, so nobody knows whether it did. */

/** Terminals refuse more; what is longer is for a file. */
const most = 100_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** What to write to the terminal; null: too long for a clipboard. */
export function clipboardSequence(text: string, env: Environment): string | null {
  const encoded = Buffer.from(text).toString('base64');
  if (encoded.length > most) return null;
  const sequence = `\u001b]52;c;${encoded}\u0007`;
  // tmux takes the plain form when its `set-clipboard` is on, and hands the wrapped one on with `allow-passthrough`.
  if (env.TMUX) return `${sequence}\u001bPtmux;\u001b${sequence}\u001b\\`;
  if (env.STY) return `\u001bP${sequence}\u001b\\`;
  return sequence;
}
