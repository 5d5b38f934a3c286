import { answers, answersBody, answersQuery, type Context, readBody } from "#access";
import { jsonReply, ok, type Result, type Route } from "#kernel";
import {
  type ConfigurationHistory,
  type ConfigurationView,
  checkBody,
  configurationQuery,
  deployBody,
  pageQuery,
  rollBackBody,
} from "../api.ts";
import { namesIn, strandedDestinations } from "../deliveries/stranded/stranded-deliveries.ts";
import { checkReport } from "./check-configuration.ts";
import { readConfiguration } from "./configuration.ts";
import { deploymentView, listDeployed, readDeployed } from "./deployment.ts";
import { type ConfigurationDesk, deployChecked, rollBack } from "./desk.ts";
import { configurationForms } from "./form/configuration-forms.ts";

const historyDefault = 50;

export function configurationRoutes(desk: ConfigurationDesk): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/configuration",
      policy: "links.see",
      summary: "The configuration of the links: the newest, or that of a version",
      handle: answersQuery(configurationQuery, ({ version }, { context }) => configurationView(context, version)),
    },
    {
      method: "GET",
      path: "/api/clinical/configuration/history",
      policy: "links.see",
      summary: "Who deployed which configuration of the links, when and why",
      handle: answersQuery(pageQuery, async ({ count = historyDefault }, { context }) => {
        const deployments = await listDeployed(context.record, count);
        return deployments.ok ? ok({ deployments: deployments.value } satisfies ConfigurationHistory) : deployments;
      }),
    },
    {
      method: "GET",
      path: "/api/clinical/configuration/forms",
      policy: "links.configure",
      summary: "The fields of links and destinations, with their titles and help, for the forms of the set-up",
      handle: answers(async () => ok(configurationForms(desk.standing))),
    },
    {
      method: "POST",
      path: "/api/clinical/configuration/check",
      policy: "links.configure",
      summary: "Whether a configuration of the links is right, golden messages included",
      handle: answersBody(checkBody, async ({ files }, { context }) => {
        const stranded = await strandedDestinations(context.record, namesIn({ files }));
        if (!stranded.ok) return stranded;
        const report = checkReport(await desk.check(files));
        return ok({ ...report, ...(stranded.value.length > 0 && { stranded: stranded.value }) });
      }),
    },
    ...deployingRoutes(desk),
  ];
}

function deployingRoutes(desk: ConfigurationDesk): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: "/api/clinical/configuration/deploy",
      policy: "links.configure",
      summary: "Checks a configuration of the links and makes it the newest; open links follow at once",
      handle: async (request, context) => {
        const body = readBody(deployBody, request);
        if (!body.ok) return body;
        const { why, ...asked } = body.value;
        const deployed = await deployChecked(asked, desk, { ...context, why });
        return deployed.ok ? newestReply(context) : deployed;
      },
    },
    {
      method: "POST",
      path: "/api/clinical/configuration/roll-back",
      policy: "links.configure",
      summary: "Deploys the files of an earlier version again",
      handle: async (request, context) => {
        const body = readBody(rollBackBody, request);
        if (!body.ok) return body;
        const deployed = await rollBack(body.value.version, { ...context, why: body.value.why });
        return deployed.ok ? newestReply(context) : deployed;
      },
    },
  ];
}

async function newestReply({ record }: Context) {
  const listed = await listDeployed(record, 1);
  return listed.ok ? ok(jsonReply(listed.value[0], 201)) : listed;
}

/** Golden messages may say something of a patient, whatever they should do. */
async function configurationView(
  { record, actor }: Context,
  version: number | undefined,
): Promise<Result<ConfigurationView>> {
  const deployed = await readDeployed(record, version);
  if (!deployed.ok) return deployed;
  if (deployed.value === undefined) return ok({ links: [], destinations: [], files: [] });
  const before = deployed.value.version > 1 ? await readDeployed(record, deployed.value.version - 1) : ok(undefined);
  if (!before.ok) return before;
  const { files } = deployed.value;
  const { links, destinations } = readConfiguration(files).configuration;
  const mayRead = actor.permissions.has("messages.read");
  return ok({
    deployment: deploymentView(deployed.value, before.value),
    links,
    destinations,
    files: mayRead ? files : files.filter(({ path }) => !path.startsWith("golden/")),
  });
}
