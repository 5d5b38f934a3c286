import type { FormWords } from "../../api/configuration-form.ts";

/**
 * What people read at each field of the forms. A field is found by the names of the members it stands in, from the form on
 * (`link.intake.port`), else by the last two, else by its own name.
 */
const words: Readonly<Record<string, readonly [title: string, help?: string]>> = {
  title: ["Title", "What people call it, in a few words."],
  "link.intake": ["How messages come in"],
  "intake.by": ["By"],
  "intake.by=mllp": ["MLLP", "The sender opens a connection to this machine and keeps it."],
  "intake.by=http": ["HTTP", "The sender posts each message, with a token whose scope is link/NAME."],
  "intake.by=folder": ["Folder", "Files are taken from a folder of this machine."],
  "intake.by=sftp": ["SFTP", "Files are fetched from a folder of another machine."],
  "intake.by=simulator": ["Simulator", "Only Corridor itself makes messages here."],
  "intake.host": ["Listen on", "An address of this machine. Left out: that of the settings."],
  "intake.port": ["Port", "A port of this machine that nothing else uses. 0 takes a free one."],
  "intake.tls": ["TLS", "The connection is encrypted, and the sender sees who we are."],
  "intake.tls.certificate": ["Certificate", "Whole path of our PEM file on this machine."],
  "intake.tls.key": ["Key", "Whole path of the PEM file with the key of our certificate."],
  clientAuthority: ["Authority of senders", "PEM file: only senders with a certificate of it may connect."],
  allow: ["May connect", "Addresses and networks, such as 10.1.0.0/16, one a line. None: everybody."],
  connectionsMax: ["Most connections at once"],
  "intake.path": ["Folder", "The whole path."],
  pattern: ["Names of files", "Such as *.hl7; other files are left where they are."],
  everySeconds: ["Look every", "In seconds."],
  acknowledge: ["How messages are acknowledged"],
  "acknowledge.mode": ["Mode", "By the message: enhanced where MSH-15 or MSH-16 asks for it."],
  "acknowledge.after": ["When AA, AE or AR is sent"],
  "after=recorded": ["When the message is in the record"],
  "after=": ["When destinations have it", "AE where one has not taken it in time; it is delivered all the same."],
  delivered: ["Destinations that must have it", "A route must lead to each."],
  waitSeconds: ["Wait at most", "In seconds."],
  "acknowledge.sequence": ["Sequence numbers", "MSH-13 counts; a message after a gap is refused. Only over MLLP."],
  contract: ["What the sender has agreed to", "What is outside it is held, or as the gates below say."],
  applications: ["Applications", "MSH-3, one a line. None: every one."],
  facilities: ["Facilities", "MSH-4, one a line. None: every one."],
  "contract.types": ["Types of message", "Such as ORU^R01, or ORU for all its events, one a line. None: every one."],
  versions: ["Versions of HL7", "MSH-12, such as 2.4, one a line. None: every one."],
  processing: ["Processing IDs", "MSH-11: P, T or D, one a line. None: every one."],
  nhsNumberRequired: ["An NHS number is needed"],
  record: ["Into the record", "Without it, messages are only passed on to destinations by their routes."],
  gates: ["Safety gates", "What becomes of a message in which a gate finds something."],
  holdUnknownCodes: ["Hold unknown codes", "A result with a code or unit that no map knows waits until one does."],
  routes: ["Routes", "In their order; a message goes to the destinations of every route that fits it."],
  "routes.name": ["Name of the route", "Stands in the books where a message was sent or filtered by it."],
  when: ["When", "All that is given must hold. Nothing given: every message."],
  to: ["Goes to", "None: what fits is filtered here, and no later route is asked."],
  types: ["Types of message", "Such as ORU^R01, or ORU for all its events, one a line."],
  senders: ["Senders", "MSH-3, one a line."],
  receivers: ["Receivers", "MSH-6, one a line."],
  fields: ["Fields", "A value anywhere in a field: OBR-24 is MB."],
  not: ["But not when"],
  mappingLayers: ["Layers of mapping rows", "Above the base, in their order, one a line."],
  retentionDays: ["Keep messages", "In days."],
  watch: ["What is watched for"],
  "watch=false": ["Nothing", "Only its deliveries are looked at."],
  "watch=": ["What should come and does not"],
  silence: ["Silence", "An alert when it is silent for longer than usual for this hour of the week."],
  resultWithinHours: ["Results expected within", "Hours after the order, by the code of the test; * for all others."],
  "watch.sequence": ["Gaps in sequence numbers", "An alert when a number of MSH-13 is left out."],
  unordered: ["Results without orders", "They are counted by day."],
  outlet: ["How messages go out"],
  "outlet.by": ["By"],
  "outlet.by=mllp": ["MLLP", "We open connections to the other machine and keep them."],
  "outlet.by=http": ["HTTP", "Each message is posted to an address."],
  "outlet.by=folder": ["Folder", "Each message is a file in a folder of this machine."],
  "outlet.by=sftp": ["SFTP", "Each message is a file in a folder of another machine."],
  "outlet.by=fhir": ["FHIR", "Bundles go to a FHIR server."],
  host: ["Machine", "Its name or address."],
  port: ["Port"],
  "outlet.tls": ["TLS", "With {} the authorities of the system are trusted."],
  authority: ["Authority", "PEM file of the authorities to trust. Left out: those of the system."],
  "tls.certificate": ["Our certificate", "PEM file, where the other side asks who we are."],
  "tls.key": ["Our key", "PEM file with the key of our certificate."],
  serverName: ["Name in their certificate", "Checked instead of the name of the machine."],
  connections: ["Connections"],
  answerWithinSeconds: ["Answer within", "In seconds; after that it counts as unanswered and is tried again."],
  "outlet.mode": ["Mode", "Enhanced: what is asked for in MSH-15 and MSH-16."],
  url: ["Address", "Such as https://receiver.example/messages, without a user name or password in it."],
  headers: ["Headers", "Without secrets: everybody who sees the links reads them."],
  secretHeaders: ["Headers with secrets", "The whole path of the file whose only line is the value."],
  "outlet.path": ["Folder", "The whole path."],
  extension: ["Ending of files", "Without the dot."],
  user: ["User name", "At the other machine."],
  "intake.key": ["Key", "Whole path of the file with our private key."],
  "outlet.key": ["Key", "Whole path of the file with our private key."],
  passwordFile: ["Password", "Whole path of the file whose first line is it, where there is no key."],
  hostKey: ["Their key", "SHA256:…, as ssh-keygen -lf prints it. A machine with another gets nothing."],
  as: ["Sent as", "A transaction to the base, or a message to $process-message."],
  content: ["What is sent", "as-received sends the bytes as they came; another names an output mapping."],
  lane: ["Kept in order", "One at a time for each of these; the others go on beside it."],
  lanesMax: ["At most at once", "Lanes, each with its own order."],
  retry: ["When it is not taken"],
  steps: ["Try again", "Step after step; after the last the message is parked and an alert is raised."],
  afterSeconds: ["After", "Seconds before each try."],
  times: ["Times"],
  refused: ["A refusal", "Park it at once, or try again as if nobody had answered."],
};

/** The words of choices that do not speak for themselves. */
const choiceWords: Readonly<Record<string, string>> = {
  "by-message": "By the message",
  original: "Original: one AA, AE or AR",
  enhanced: "Enhanced: CA when it is durable, then AA, AE or AR",
  patient: "Each patient",
  order: "Each order",
  specimen: "Each specimen",
  destination: "Everything that goes there",
  park: "Park it at once",
  retry: "Try it again",
  transaction: "A transaction",
  message: "A message",
};

/** Undefined where nobody has said what it is: a test asks that of every field. */
export function wordsAt(place: readonly string[]): FormWords | undefined {
  const ways = [place.join("."), ...[3, 2, 1].map((last) => place.slice(-last).join("."))];
  const found = ways.map((way) => words[way]).find((each) => each !== undefined);
  if (found === undefined) return undefined;
  const [title, help] = found;
  return help === undefined ? { title } : { title, help };
}

export function choiceTitle(value: string): string {
  return choiceWords[value] ?? value;
}
