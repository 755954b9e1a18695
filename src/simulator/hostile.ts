/** Text as an attacker would write it into a ticket: what a terminal would obey if it were not taken out. */

const esc = '\u001b';
const bell = '\u0007';

const attacks: readonly ((text: string) => string)[] = [
  (text) => `${esc}[2J${esc}[1;1H${esc}[31m${text}${esc}[0m`,
  (text) => `${esc}]8;;https://phish.example/${esc}\\${text}${esc}]8;;${esc}\\`,
  (text) => `${text}${esc}]52;c;cm0gLXJmIH4=${bell}`,
  (text) => `${text}\rAll integrations connected${bell}`,
  (text) => `\u202e${text}\u202c\u2066\u200b`,
  (text) => `${text}\nsecond line\r\n\tthird line\u0085\u2028`,
  (text) => `\u009b31m${text}\u009d0;owned\u009c`,
  (text) => `${esc}]0;owned${bell}${esc}P+q544e${esc}\\${text}${esc}[?1049l`,
];

/** The same text and number give the same attack. */
export function hostileText(text: string, number: number): string {
  const attack = attacks[Math.abs(Math.trunc(number)) % attacks.length] as (text: string) => string;
  return attack(text);
}
