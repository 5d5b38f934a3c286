import { answers, answersQuery, type Context } from "#access";
import { type HttpReply, ok, type Route } from "#kernel";
import { messagesQuery } from "../api.ts";
import type { TextSearchNeeds } from "../message-text/find-by-text.ts";
import { fetchMessage, fetchMessages, fetchRaw, type LedgerNeeds } from "./fetch-messages.ts";

const policy = "messages.read";

export interface BrowserNeeds extends LedgerNeeds {
  readonly look: TextSearchNeeds["look"];
}

/** The message browser. */
export function browserRoutes(needs: BrowserNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/messages",
      policy,
      summary: "Messages that came over the links, newest first",
      handle: answersQuery(messagesQuery, (query, { context }) =>
        fetchMessages(context, { ...query, look: needs.look }),
      ),
    },
    {
      method: "GET",
      path: "/api/clinical/messages/:id",
      policy,
      summary: "One message: raw, parsed, what it wrote, its answer and its books",
      handle: answers(({ context, id }) => fetchMessage(context, { ...needs, id })),
    },
    {
      method: "GET",
      path: "/api/clinical/messages/:id/raw",
      policy,
      summary: "The bytes of a message as they were received",
      handle: async ({ params }, context) => {
        const raw = await fetchRaw(context, params.id ?? "");
        return raw.ok ? ok(download(params.id ?? "", raw.value.bytes)) : raw;
      },
    },
  ];
}

function download(id: string, body: Uint8Array): HttpReply {
  const headers = {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="message-${id}.hl7"`,
  };
  return { status: 200, headers, body };
}
