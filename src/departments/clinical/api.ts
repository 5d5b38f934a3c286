/**
 * What the clinical department says over HTTP, under `/api/clinical`. Types describe the JSON of each reply;
 * the schemas check the query of each request. The web app imports this and nothing else of the department.
 *
 * | Method and path                          | Query            | Reply                | Permission      |
 * |------------------------------------------|------------------|----------------------|-----------------|
 * | GET /overview                            | `pageQuery`      | `Overview`           | signed-in       |
 * | GET /patients                            | `findQuery`      | `FoundPatients`      | `patients.find` |
 * | GET /patients/:id/banner                 |                  | `PatientBanner`      | `chart.open`    |
 * | GET /patients/:id/results                | `resultsQuery`   | `ResultsPage`        | `chart.open`    |
 * | GET /patients/:id/results/cumulative     | `cumulativeQuery`| `CumulativeTable`    | `chart.open`    |
 * | GET /patients/:id/results/:observationId/earlier |     | `EarlierResults`     | `chart.open`    |
 * | GET /patients/:id/trend                  | `trendQuery`     | `Trend`              | `chart.open`    |
 * | GET /patients/:id/timeline               | `timelineQuery`  | `TimelinePage`       | `chart.open`    |
 * | GET /patients/:id/live                   | `liveQuery`      | events, see `live.ts`| `chart.open`    |
 * | GET /patients/:id/attachments/:binaryId  |                  | the bytes            | `chart.open`    |
 * | GET /patients/:id/inside/:kind/:resourceId/:number |        | the bytes            | `chart.open`    |
 * | GET /links                               |                  | `LinksPage`          | `links.see`     |
 * | GET /links/live                          | `liveQuery`      | events, see `live.ts`| `links.see`     |
 * | POST /links/:id/stop, /start             | `deliveryDecisionBody` |                | `deliveries.manage` |
 * | GET /certificates                        |                  | `CertificatesPage`   | `links.see`     |
 * | GET /configuration                       | `configurationQuery` | `ConfigurationView` | `links.see`  |
 * | GET /configuration/forms                 |                  | `ConfigurationForms` | `links.configure` |
 * | POST /configuration/check                | `checkBody`      | `CheckReport`        | `links.configure` |
 * | POST /configuration/deploy               | `deployBody`     | `DeploymentView`     | `links.configure` |
 * | GET /configuration/history               | `pageQuery`      | `ConfigurationHistory` | `links.see` |
 * | POST /configuration/roll-back            | `rollBackBody`   | `DeploymentView`     | `links.configure` |
 * | GET /messages                            | `messagesQuery`  | `MessagesPage`       | `messages.read` |
 * | GET /messages/:id                        |                  | `MessageView`        | `messages.read` |
 * | GET /messages/:id/raw                    |                  | the bytes as received| `messages.read` |
 * | GET /holds                               | `holdsQuery`     | `HoldsPage`          | `messages.read` |
 * | GET /holds/:id                           |                  | `HeldMessageView`    | `messages.read` |
 * | POST /holds/:id/release                  | `releaseBody`    | `DecidedView`        | `holds.decide`  |
 * | POST /holds/:id/confirm, /reject         | `decisionBody`   | `DecidedView`        | `holds.decide`  |
 * | GET /codes                               | `codesQuery`     | `CodesPage`          | `messages.read` |
 * | GET /codes/tables                        |                  | `CodeTablesView`     | `links.see`     |
 * | GET /codes/rows                          | `codeRowsQuery`  | `CodeRowsPage`       | `links.see`     |
 * | POST /codes/rows                         | `codeRowBody`    | the version          | `links.configure` |
 * | GET /codes/:id                           |                  | `CodeView`           | `messages.read` |
 * | GET /codes/coverage                      | `coverageQuery`  | `CoverageView`       | `links.see`     |
 * | GET /codes/:id/suggestions               |                  | `SuggestionsView`    | `codes.propose` |
 * | POST /codes/:id/propose                  | `proposalBody`   | `CodeView`           | `codes.propose` |
 * | POST /codes/:id/approve, /refuse         | `answerBody`     | `CodeView`           | `codes.approve` |
 * | GET /merges                              | `mergesQuery`    | `MergesPage`         | `messages.read` |
 * | POST /merges/:id/undo                    | `undoBody`       | `MergeView`          | `merges.undo`   |
 * | GET /deliveries                          | `deliveriesQuery`| `DeliveriesPage`     | `messages.read` |
 * | POST /deliveries/:id/retry, /skip        | `deliveryDecisionBody` | `DeliveryView` | `deliveries.manage` |
 * | GET /replays                             |                  | `ReplaysPage`        | `messages.read` |
 * | POST /replays                            | `replayBody`     | `ReplayView`         | `messages.replay` |
 * | GET /replays/:id                         |                  | `ReplayView`         | `messages.read` |
 * | GET /replays/:id/preview                 |                  | `ReplayPreview`      | `messages.read` |
 * | GET /replays/:id/messages                | `replayMessagesQuery` | `ReplayMessagesPage` | `messages.read` |
 * | POST /replays/:id/start, /pause, /resume, /stop | `replayStartBody` … | `ReplayView` | `messages.replay` |
 * | GET /shadow-runs, /shadow-runs/:id       |                  | `ShadowRunsPage`, `ShadowRunView` | `messages.read` |
 * | POST /shadow-runs                        | `shadowBody`     | `ShadowRunView`      | `messages.replay` |
 * | POST /shadow-runs/:id/stop               |                  | `ShadowRunView`      | `messages.replay` |
 * | GET /destinations                        |                  | `DestinationsPage`   | `messages.read` |
 * | POST /destinations/:name/pause, /resume  | `deliveryDecisionBody` |                | `deliveries.manage` |
 * | GET /books                               | `booksQuery`     | `BooksPage`          | `messages.read` |
 * | GET /figures                             | `figuresQuery`   | `FiguresPage`        | `messages.read` |
 * | GET /figures/csv                         | `figuresQuery`   | CSV                  | `messages.read` |
 * | GET /alerts                              | `alertsQuery`    | `AlertsPage`         | `links.see`     |
 * | POST /alerts/:id/acknowledge             | `alertAcknowledgeBody` | `AlertView`    | `alerts.acknowledge` |
 * | GET /watch                               | `watchQuery`     | `WatchPage`          | `links.see`     |
 * | GET /simulator                           |                  | `SimulatorView`      | `simulator.use` |
 * | GET /simulator/runs                      | `runsQuery`      | `RunsView`           | `simulator.use` |
 * | POST /simulator/runs                     | `startRunBody`   | `RunView`            | `simulator.use` |
 * | GET /simulator/runs/:id                  |                  | `RunView`            | `simulator.use` |
 * | GET /simulator/runs/:id/answers          |                  | lines of JSON        | `simulator.use` |
 * | GET /simulator/runs/:id/compare/:other   |                  | `RunsComparedView`   | `simulator.use` |
 * | POST /simulator/runs/:id/stop            |                  | `RunView`            | `simulator.use` |
 * | GET /messages/live                       | `liveQuery`      | events, see `live.ts`| `messages.read` |
 * | GET /images/worklist                     | `worklistQuery`  | `ImagingWorklistPage`| `images.keep`   |
 * | GET /images/associations              |                  | `AssociationsPage`   | `images.keep`   |
 * | GET /images/exports                      |                  | `ImageExportsPage`   | `images.keep`   |
 * | POST /images/exports                     | `imageExportBody`| `ImageExportView`    | `images.keep`   |
 * | GET, DELETE /images/exports/:id          |                  | `ImageExportView`    | `images.keep`   |
 * | GET /images/exports/:id/images.zip       |                  | the bytes            | `images.keep`   |
 *
 * Times are FHIR dateTimes as recorded (`2026-11-23`, `2026-11-23T09:30:00+00:00`) unless a field says otherwise;
 * an absent field is absent in the record. A `next` is an opaque cursor for the query's `cursor`; absent on the last
 * page. Failures are `application/problem+json`.
 */
export * from "./api/alerts.ts";
export * from "./api/banner.ts";
export * from "./api/books.ts";
export * from "./api/code-tables.ts";
export * from "./api/codes.ts";
export * from "./api/configuration.ts";
export * from "./api/configuration-form.ts";
export * from "./api/cumulative.ts";
export * from "./api/deliveries.ts";
export * from "./api/figures.ts";
export * from "./api/holds.ts";
export * from "./api/image-associations.ts";
export * from "./api/image-exports.ts";
export * from "./api/image-keeping.ts";
export * from "./api/image-retention.ts";
export * from "./api/image-routing.ts";
export * from "./api/imaging-worklist.ts";
export * from "./api/links.ts";
export * from "./api/live.ts";
export * from "./api/merges.ts";
export * from "./api/messages.ts";
export * from "./api/nodes.ts";
export * from "./api/overview.ts";
export * from "./api/page.ts";
export * from "./api/replays.ts";
export * from "./api/results.ts";
export * from "./api/simulator.ts";
export * from "./api/timeline.ts";
export * from "./api/trend.ts";
