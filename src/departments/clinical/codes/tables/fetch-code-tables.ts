import type { z } from "zod";
import type { Context } from "#access";
import { limits, ok, type Result } from "#kernel";
import { parseBody, tokenKey } from "#record";
import { officialCodeTables } from "#standards/v2-to-fhir";
import type { CodeRowsPage, CodeTablesView, codeRowsQuery, GuideTableView } from "../../api/code-tables.ts";
import type { ConfigurationFile } from "../../api/configuration.ts";
import { anyKey } from "../../clauses.ts";
import { readConfiguration } from "../../configuration/configuration.ts";
import { readDeployed } from "../../configuration/deployment.ts";
import { present } from "../../messages/present.ts";
import { fetchCoverage } from "../fetch-codes.ts";
import { type SenderMap, senderMapIdentifier, senderOf } from "../sender-map.ts";
import { everySender } from "../table-maps.ts";
import type { UnknownCode } from "../unknown-code.ts";
import { unknownCodeKind } from "../unknown-code-id.ts";
import { CodeRows } from "./code-rows.ts";
import { guideRows } from "./guide-rows.ts";
import { ownRows } from "./own-rows.ts";
import { usesOfTable } from "./table-uses.ts";

const countDefault = 50;

/** What runs until something is deployed. */
type Standing = readonly ConfigurationFile[];

/** Which tables there are, and for whom rows of the set-up may be. Problems: those of the record. */
export async function fetchCodeTables(context: Context, standing: Standing): Promise<Result<CodeTablesView>> {
  const known = await knownRows(context, standing);
  if (!known.ok) return known;
  const coverage = await fetchCoverage(context, {});
  if (!coverage.ok) return coverage;
  const { version, rows, configuration, maps } = known.value;
  const senders = new Set([
    ...coverage.value.senders.map(({ sender }) => sender),
    ...configuration.tables.map(({ sender }) => sender),
    ...maps.flatMap((map) => senderOf(map) ?? []),
  ]);
  senders.delete(everySender);
  return ok({
    version,
    guide: guideTables(),
    links: configuration.links.flatMap(({ name, title, record }) => (record === false ? [] : [{ name, title }])),
    senders: [...senders].sort(),
    rows: rows.counts(),
  });
}

/** Rows of all layers that are like this. Problems: those of the record. */
export async function fetchCodeRows(
  context: Context,
  { from = 0, count = countDefault, ...asked }: z.infer<typeof codeRowsQuery>,
  standing: Standing,
): Promise<Result<CodeRowsPage>> {
  const known = await knownRows(context, standing);
  if (!known.ok) return known;
  const { version, rows } = known.value;
  const found = rows.find(asked);
  const end = from + count;
  return ok(
    present<CodeRowsPage>({
      version,
      rows: found.slice(from, end).map((row) => rows.view(row)),
      total: found.length,
      next: end < found.length ? end : undefined,
    }),
  );
}

function guideTables(): readonly GuideTableView[] {
  const tables = [...officialCodeTables.values()].map(({ name, table, system, codes }): GuideTableView => {
    const uses = usesOfTable(name);
    const closed = uses.find(({ isOpen, codes: own }) => isOpen && own !== undefined);
    return present<GuideTableView>({
      name,
      table,
      system,
      rows: codes.size,
      uses: uses.map(({ from, element }) => ({ from, element })),
      codes: closed?.codes,
      isOpen: uses.some(({ isOpen }) => isOpen),
    });
  });
  return tables.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function knownRows({ record }: Context, standing: Standing) {
  const deployed = await readDeployed(record);
  if (!deployed.ok) return deployed;
  const maps = await approvedMaps(record);
  if (!maps.ok) return maps;
  const counted = await countedCodes(record);
  if (!counted.ok) return counted;
  const { configuration, pathOf } = readConfiguration(deployed.value?.files ?? standing);
  const { links, layers, tables } = configuration;
  const rows = new CodeRows([
    ...guideRows({ links, layers, fileOf: (layer) => pathOf("mappings", layer) }),
    ...ownRows({ tables, maps: maps.value, counted: counted.value, fileOf: (table) => pathOf("codes", table) }),
  ]);
  return ok({ version: deployed.value?.version ?? 0, rows, configuration, maps: maps.value });
}

async function approvedMaps(record: Context["record"]): Promise<Result<readonly SenderMap[]>> {
  const found = await record.search({
    kind: "ConceptMap",
    all: [anyKey(tokenKey("identifier", senderMapIdentifier.system, senderMapIdentifier.value))],
    sort: { by: "updated", descending: false },
    limit: limits.pageSizeMax,
  });
  return found.ok ? ok(found.value.versions.map((version) => parseBody<SenderMap>(version))) : found;
}

/** The most frequent that have a meaning by now. */
async function countedCodes(record: Context["record"]) {
  const found = await record.search({
    kind: unknownCodeKind,
    all: [anyKey("state=approved", "state=mapped", "state=aside")],
    sort: { by: { number: "count" }, descending: true },
    limit: limits.pageSizeMax,
  });
  if (!found.ok) return found;
  return ok(found.value.versions.map((version) => ({ id: version.id, unknown: parseBody<UnknownCode>(version) })));
}
