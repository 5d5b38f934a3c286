/** What the tests use of simple-hl7, which brings no types. */
declare module "simple-hl7" {
  interface Segment {
    readonly name: string;
    setField(number: number, value: string): void;
    getField(number: number): { toString(): string };
  }
  interface Message {
    getSegment(name: string): Segment;
    toString(): string;
  }
  interface Client {
    send(message: Message, answered: (error: Error | null, acknowledgement?: Message) => void): void;
    close(): void;
  }
  interface App {
    use(handle: (request: { msg: Message }, response: { ack: Message; end(): void }, next: () => void) => void): void;
    start(address: { readonly host: string; readonly port: number }): void;
    stop(): void;
    readonly server: { readonly server: import("node:net").Server };
  }
  const hl7: {
    readonly Parser: new (options: { readonly segmentSeperator: string }) => { parse(text: string): Message };
    readonly Server: { createTcpClient(options: { host: string; port: number; keepalive?: boolean }): Client };
    tcp(): App;
  };
  export = hl7;
}
