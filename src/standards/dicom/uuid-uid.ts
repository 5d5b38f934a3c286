/** The UID that a UUID is, or any number in hexadecimal of 128 bits at most. Source: PS3.5 §B.2. */
export function uidOfUuid(uuid: string): string {
  return `2.25.${BigInt(`0x${uuid.replaceAll("-", "")}`)}`;
}
