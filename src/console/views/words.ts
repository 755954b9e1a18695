/** `clientSecret` as `Client secret`: a field's name where nothing better is known. */
export function words(key: string): string {
  const spaced = key.replace(
    /([a-z0-9])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return capitalised(spaced);
}

/** A summary of the catalogue as a sentence. */
export const sentence = (text: string): string => `${capitalised(text)}.`;

const capitalised = (text: string) => (text[0] ?? '').toUpperCase() + text.slice(1);
