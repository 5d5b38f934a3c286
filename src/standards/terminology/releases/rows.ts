import { failed, incorrect, ok, type Result } from "#kernel";

/** The fields of one row, in their order. */
export type Row = readonly string[];

/** Makes rows of a text that comes in pieces; what is not yet whole waits for the next. */
export interface RowReader {
  push(text: string): readonly Row[];
  /** The last row, where no line end follows it. */
  end(): readonly Row[];
}

/** Lines of fields apart by tabs, never quoted. Source: SNOMED CT Release File Specification §3.3.1. */
export function tabReader(): RowReader {
  let rest = "";
  return {
    push: (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line).split("\t"));
    },
    end: () => (rest === "" ? [] : [rest.split("\t")]),
  };
}

/** Fields apart by commas; quotes may enclose commas, line ends and doubled quotes. Source: RFC 4180. */
export function csvReader(): RowReader {
  let rest = "";
  return {
    push: (text) => {
      const whole = rest + text;
      const rows: Row[] = [];
      let from = 0;
      for (let end = lineEnd(whole, from); end !== -1; end = lineEnd(whole, from)) {
        rows.push(...csvRow(whole.slice(from, end)));
        from = end + 1;
      }
      rest = whole.slice(from);
      return rows;
    },
    end: () => csvRow(rest),
  };
}

const quoteOrEnd = /["\n]/g;

/** The next line end that is not inside quotes, or -1. */
function lineEnd(text: string, from: number): number {
  let isQuoted = false;
  quoteOrEnd.lastIndex = from;
  for (let found = quoteOrEnd.exec(text); found !== null; found = quoteOrEnd.exec(text)) {
    if (found[0] === '"') isQuoted = !isQuoted;
    else if (!isQuoted) return found.index;
  }
  return -1;
}

/** What is behind a closing quote, where nothing should be, is left out. */
const csvField = /(?:"((?:[^"]|"")*)"[^,]*|([^,]*))(,|$)/y;

/** None for an empty line. */
function csvRow(line: string): readonly Row[] {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  if (text === "") return [];
  const row: string[] = [];
  csvField.lastIndex = 0;
  for (;;) {
    const [, quoted, plain = "", end] = csvField.exec(text) ?? [];
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") return [row];
  }
}

/** Where the columns of a table are, by its first row. Problems: incorrect `column-missing`. */
export function columnsOf<Name extends string>(
  header: Row,
  names: readonly Name[],
): Result<Readonly<Record<Name, number>>> {
  const known = header.map((name) => name.replace(/^\uFEFF/, "").trim());
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length > 0) {
    return failed(incorrect("column-missing", `The table has no column ${missing.join(", ")}.`, { where: "line 1" }));
  }
  return ok(Object.fromEntries(names.map((name) => [name, known.indexOf(name)])) as Record<Name, number>);
}
