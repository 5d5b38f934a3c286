export { type SyslogMessage, syslogBytes } from "./syslog-message.ts";
export { openSyslogSender, type SyslogSender } from "./syslog-sender.ts";
