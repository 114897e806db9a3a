/** the header section of RFC 5322, read and repaired */
export {};
