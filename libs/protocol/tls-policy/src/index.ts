/** what a mail host must prove, and whether it did */
export {};
