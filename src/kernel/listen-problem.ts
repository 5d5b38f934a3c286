import { type Problem, unavailable } from "./problem.ts";

interface Door {
  readonly host: string;
  readonly port: number;
}

/** Why a port could not be opened, said so that the reader knows what to do. */
export function listenProblem(error: Error, { host, port }: Door): Problem {
  switch ((error as { readonly code?: string }).code) {
    case "EADDRINUSE":
      return unavailable(
        "port-in-use",
        `Port ${port} on ${host} is used by another program; stop it or choose another.`,
      );
    case "EACCES":
      return unavailable("port-not-allowed", `This account may not open port ${port}; choose one above 1023.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return unavailable("no-such-address", `This machine has no address ${host}; choose one that it has.`);
    default:
      return unavailable("port-not-opened", `Port ${port} on ${host} could not be opened.`, { cause: error });
  }
}
