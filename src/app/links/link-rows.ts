import {
  type Configuration,
  type LinkSettings,
  type Safeguards,
  type SenderMaps,
  senderRows,
} from "#departments/clinical";

/** The mapping rows of links by the layers that they name, made ready when a configuration is applied; tables of codes too. */
export class LinkRows {
  readonly #codes: Pick<SenderMaps, "applyTables">;
  #rowsOf = senderRows([]);

  constructor(codes: Pick<SenderMaps, "applyTables">) {
    this.#codes = codes;
  }

  apply({ layers, links, tables }: Pick<Configuration, "layers" | "links" | "tables">): void {
    this.#codes.applyTables(tables);
    this.#rowsOf = senderRows(layers);
    for (const link of links) this.#rowsOf(link);
  }

  /** Undefined: the usual ones. */
  of(link: LinkSettings | undefined): Safeguards["rows"] {
    return link && this.#rowsOf(link);
  }
}
