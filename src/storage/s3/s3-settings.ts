/** Where a bucket of S3-compatible storage is and how to get in. */
export interface S3Settings {
  /** `https://s3.eu-west-2.amazonaws.com`, without a path. Without encryption only on this machine. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  /** Where requests name the bucket: first in the path, or in front of the host. */
  readonly style: "path" | "host";
  readonly keyId: string;
  readonly secret: string;
  /** Certificates (PEM) that the storage's must be signed by; absent: those of Node.js. */
  readonly authorities?: string | undefined;
  /** In front of every name: empty, or ending in a slash. */
  readonly prefix: string;
  /** Names what this process has not finished, so that its next start knows it: letters, digits and `-`. */
  readonly instance: string;
  /** Before a request is tried a second time; before each further time twice as long. */
  readonly waitMs: number;
}

const ownMachine = /^(localhost|[a-z0-9.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether nobody on the way could read along. */
export function isSafeEndpoint(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === "https:" || ownMachine.test(hostname);
}

/** The address of an object, or of the bucket where the name is empty. */
export function addressOf(
  { endpoint, bucket, style }: S3Settings,
  name: string,
  query: Readonly<Record<string, string>> = {},
): URL {
  const url = new URL(endpoint);
  if (style === "host") url.hostname = `${bucket}.${url.hostname}`;
  url.pathname = style === "host" ? `/${name}` : `/${bucket}${name === "" ? "" : `/${name}`}`;
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url;
}
