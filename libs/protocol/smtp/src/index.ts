/** the grammar of RFC 5321: domains, mailboxes, paths, parameters, replies */
export {};
