/** `1,234.50 EUR`: with as many decimals as the currency has, its code behind, because `$` is many currencies. */
export function money(amount: number, currency: string): string {
  return `${formatOf(currency).format(amount)} ${currency}`;
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string): Intl.NumberFormat {
  let format = formats.get(currency);
  if (format === undefined) {
    const digits = /^[A-Z]{3}$/.test(currency)
      ? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits
      : 2;
    format = new Intl.NumberFormat('en', { minimumFractionDigits: digits ?? 2, maximumFractionDigits: digits ?? 2 });
    formats.set(currency, format);
  }
  return format;
}
