/**
 * Whether a text was laid out with spaces, so that it is only readable in fixed width: several lines of which one
 * starts with a space or holds a tab or three spaces in a row.
 */
export function isLaidOut(text: string): boolean {
  return /\r|\n/.test(text) && /(^|[\r\n])[ \t]+\S|\S {3,}\S|\t/.test(text);
}
