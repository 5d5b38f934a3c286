/** Fields of each line; quotes may enclose commas, line ends and doubled quotes. Source: RFC 4180. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/y;
  const rows: string[][] = [[]];
  while (cell.lastIndex < text.length) {
    const [, value = "", end] = cell.exec(text) ?? [];
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== ",") rows.push([]);
  }
  return rows;
}
