/** carries SMTP octets over TCP and TLS */
export {};
