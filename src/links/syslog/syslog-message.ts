/** One message of syslog. Source: RFC 5424 §6. */
export interface SyslogMessage {
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly host: string;
  readonly processId: number;
  /** What kind of message: `DICOM+RFC3881`. Source: IHE ITI TF-2, ITI-20. */
  readonly id: string;
  readonly text: string;
}

/** Security messages (10), notice (5). Source: RFC 5424 §6.2.1; IHE ITI TF-2, ITI-20. */
const priority = 10 * 8 + 5;

/** The byte order mark says that the text is UTF-8. Source: RFC 5424 §6.4. */
const byteOrderMark = "\ufeff";

/** The bytes of a message, cut off behind so many. */
export function syslogBytes({ atMs, host, processId, id, text }: SyslogMessage, bytesMax: number): Buffer {
  const header = `<${priority}>1 ${new Date(atMs).toISOString()} ${host} corridor ${processId} ${id} - `;
  const bytes = Buffer.from(header + byteOrderMark + text, "utf8");
  return bytes.length <= bytesMax ? bytes : bytes.subarray(0, bytesMax);
}

/** With its length in front, as it goes over a stream. Source: RFC 5425 §4.3. */
export function framed(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}
