import { answers, type Context } from "#access";
import { csvLine, ok, type Route } from "#kernel";
import { type EvidenceNeeds, fetchEvidence } from "../evidence/fetch-evidence.ts";
import { fetchHome, type OpenReviews } from "./fetch-home.ts";

export interface HomeRoutesNeeds {
  readonly evidence: EvidenceNeeds;
  readonly reviews: OpenReviews;
}

/** The home of information governance, and what its work is evidence of. */
export function homeRoutes({ evidence, reviews }: HomeRoutesNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/information/home",
      policy: "governance.work",
      summary: "What is due, what is unusual and how well we did",
      handle: answers(({ context }) => fetchHome(context, reviews)),
    },
    {
      method: "GET",
      path: "/api/information/evidence",
      policy: "governance.work",
      summary: "Evidence for the outcomes of the Data Security and Protection Toolkit",
      handle: answers(({ context }) => fetchEvidence(context, evidence)),
    },
    {
      method: "GET",
      path: "/api/information/evidence.csv",
      policy: "governance.work",
      summary: "The same as a table for a spreadsheet",
      handle: async (_, context) => {
        const page = await fetchEvidence(context, evidence);
        if (!page.ok) return page;
        const { at, position } = page.value;
        const rows = page.value.evidence.map((each) => [
          each.outcome,
          each.title,
          each.says,
          each.share === undefined ? "" : String(Math.round(each.share * 1000) / 10),
          at,
          String(position),
        ]);
        const head = [
          "Outcome",
          "What it asks",
          "What Corridor can say",
          "Per cent",
          "As of",
          "Position in the record",
        ];
        return ok({
          status: 200,
          headers: {
            "content-type": "text/csv; charset=utf-8",
            "content-disposition": `attachment; filename="evidence-${at.slice(0, 10)}.csv"`,
          },
          body: [head, ...rows].map(csvLine).join(""),
        });
      },
    },
  ];
}
