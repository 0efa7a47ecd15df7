/** Replaces what a send carried by `"..."`, for a line that is shown: a report holds no request bodies. Addresses stay. */
export const withoutPayload = (raw: string): string => raw.replace(payload, '$1"..."');

/** The buffer of sendto, and the parts of a sendmsg: `, "data"`, `buf="data"`, `iov_base="data"`, and `[{"data", 4}]` up to 4.12. */
const payload = /((?<!inet_pton\(AF_INET6), (?:buf=)?|iov_base=|\[\{)"(?:[^"\\]|\\[\s\S])*\\?(?:"(?:\.\.\.)?|$)/g;
