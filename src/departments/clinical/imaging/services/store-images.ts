import type { Result } from "#kernel";
import { transferSyntaxOf } from "#standards/dicom";
import { type Status, type StoreRequest, statusOf, success } from "#standards/dimse";
import type { NodeCaller } from "./node-caller.ts";

/** C-STORE: success is said when the object is on disk and indexed. Source: PS3.4 §B.2. */
export async function storeImage(request: StoreRequest<NodeCaller>): Promise<Status> {
  const { sopClass, sopInstance: instance, transferSyntax, dataSet } = request;
  const { context, node } = request.association.caller;
  const wire = { is: "data-set", syntax: transferSyntaxOf(transferSyntax) } as const;
  const told = { instance, ...(sopClass === "" ? {} : { sopClass }) };
  const opened = await context.images.receive({ wire, source: node.aeTitle, told });
  if (!opened.ok) return refused(opened);
  const receiver = opened.value;
  for (;;) {
    const part = await dataSet.next();
    if (part.is === "broken") {
      await receiver.abandon();
      return statusOf(part.problem, "C-STORE");
    }
    if (part.is === "end") break;
    await receiver.write(part.pieces);
  }
  const finished = await receiver.finish();
  return finished.ok ? success : refused(finished);
}

function refused({ problems: [problem] }: Extract<Result<unknown>, { ok: false }>): Status {
  return statusOf(problem, "C-STORE");
}
