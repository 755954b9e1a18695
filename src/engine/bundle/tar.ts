/**
 * A tar archive of a few text files: the plain `ustar` form, which every tar reads. A header of 512 bytes, the content, zeros up to
 * the next 512; so small that a library would be more to look after. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
 */
const block = 512;

export interface TarFile {
  /** ASCII, at most 100 characters. */
  readonly name: string;
  readonly text: string;
}

/** @param at epoch milliseconds, for every file */
export function tar(files: readonly TarFile[], at: number): Buffer {
  const parts = files.flatMap(({ name, text }) => {
    const content = Buffer.from(text);
    return [header(name, content.length, at), content, Buffer.alloc((block - (content.length % block)) % block)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function header(name: string, size: number, at: number): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(name))
    throw new RangeError(`"${name}" cannot be the name of a file in the archive.`);
  const bytes = Buffer.alloc(block);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  const put = (text: string, offset: number) => bytes.write(text, offset, 'latin1');
  put(name, 0);
  put(octal(0o600, 8), 100);
  put(octal(0, 8), 108);
  put(octal(0, 8), 116);
  put(octal(size, 12), 124);
  put(octal(Math.floor(at / 1000), 12), 136);
  // The sum is taken with spaces in its own place.
  put('        ', 148);
  put('0', 156);
  put('ustar\x0000', 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}
