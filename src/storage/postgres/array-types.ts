/**
 * Arrays as parameters, by the types that our statements use. Given here, the driver need not ask each new connection
 * for them, and a lost connection cannot leave that question behind as a failure that nobody handles.
 * Source: PostgreSQL documentation, "Array Input and Output Syntax"; oids of pg_type.
 */
export const arrayTypes = {
  smallints: plain(1005),
  integers: plain(1007),
  bigints: plain(1016),
  chars: quoted(1002),
  texts: quoted(1009),
} as const;

/** An array, or its literal where a statement has it already. */
type Values = readonly (string | number)[] | string;

function plain(oid: number) {
  return arrayType(oid, String);
}

function quoted(oid: number) {
  return arrayType(oid, (value) => quote(String(value)));
}

function arrayType(oid: number, element: (value: string | number) => string) {
  const serialize = (values: Values) => (typeof values === "string" ? values : `{${values.map(element).join(",")}}`);
  return { to: oid, from: [], serialize, parse: unread };
}

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** We send arrays and never read them. */
function unread(text: string): string {
  return text;
}
