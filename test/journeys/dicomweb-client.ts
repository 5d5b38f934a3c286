/** `dicomweb-client`, made for browsers, outside one: what it needs of XMLHttpRequest, over `fetch`. */
import { api } from "dicomweb-client";
import type { JsonObject } from "#kernel";

type Data = readonly ArrayBuffer[];

/** Of its methods, those that are used; its own types name every option as needed. */
export interface DicomwebClient {
  searchForStudies(options: object): Promise<readonly JsonObject[]>;
  retrieveSeriesMetadata(options: object): Promise<readonly JsonObject[]>;
  retrieveBulkData(options: object): Promise<Data>;
  retrieveInstanceFrames(options: object): Promise<Data>;
  retrieveInstanceRendered(options: object): Promise<Data | ArrayBuffer>;
  retrieveSeries(options: object): Promise<Data>;
}

export function aDicomwebClient(url: string, token: string): DicomwebClient {
  const place = globalThis as { XMLHttpRequest?: unknown };
  place.XMLHttpRequest ??= FetchedRequest;
  const options = { url, singlepart: "", headers: { Authorization: `Bearer ${token}` } };
  return new api.DICOMwebClient(options) as unknown as DicomwebClient;
}

class FetchedRequest {
  responseType = "";
  readyState = 0;
  status = 0;
  response: unknown;
  onreadystatechange: (() => void) | undefined;
  #method = "GET";
  #url = "";
  readonly #sent = new Headers();
  #received = new Headers();

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.#sent.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.#received.get(name);
  }

  getAllResponseHeaders(): string {
    return [...this.#received].map(([name, value]) => `${name}: ${value}`).join("\r\n");
  }

  send(body?: ArrayBuffer): void {
    void this.#fetch(body);
  }

  async #fetch(body: ArrayBuffer | undefined): Promise<void> {
    const init = { method: this.#method, headers: this.#sent, ...(body === undefined ? {} : { body }) };
    const reply = await fetch(this.#url, init);
    this.status = reply.status;
    this.#received = reply.headers;
    const bytes = await reply.arrayBuffer();
    const isJson = this.responseType === "json";
    this.response = isJson ? JSON.parse(Buffer.from(bytes).toString("utf8") || "null") : bytes;
    this.readyState = 4;
    this.onreadystatechange?.();
  }
}
