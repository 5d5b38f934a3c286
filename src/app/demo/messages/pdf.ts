/**
 * A PDF of one A4 page of text in Courier, a line each; characters beyond Latin-1 become question marks.
 * Source: ISO 32000-1 §7.5 (file structure), §9.4 (text).
 */
export function pdfOf(lines: readonly string[]): Uint8Array {
  const text = lines.map((line) => `(${literal(line)}) Tj T*`).join("\n");
  const content = `BT /F1 10 Tf 12 TL 56 786 Td\n${text}\nET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, at) => {
    const offset = body.length;
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${entries}`;
  const end = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(body + table + end, "latin1"));
}

/** One byte a character, so that lengths in characters are lengths in bytes. */
function literal(line: string): string {
  return line.replace(/[^\u0020-\u007e\u00a0-\u00ff]/g, "?").replace(/[\\()]/g, (character) => `\\${character}`);
}
