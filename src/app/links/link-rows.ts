import { type Configuration, type LinkSettings, type Safeguards, senderRows } from "#departments/clinical";

/** The mapping rows of links by the layers that they name, made ready when a configuration is applied. */
export class LinkRows {
  #rowsOf = senderRows([]);

  apply({ layers, links }: Pick<Configuration, "layers" | "links">): void {
    this.#rowsOf = senderRows(layers);
    for (const link of links) this.#rowsOf(link);
  }

  /** Undefined: the usual ones. */
  of(link: LinkSettings | undefined): Safeguards["rows"] {
    return link && this.#rowsOf(link);
  }
}
