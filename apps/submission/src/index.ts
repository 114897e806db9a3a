/** NestJS: the SMTP listeners */
export {};
