/** The lab: a loopback internet for tests, with real peers where there are any. */
export * from './certificates/certificate-authority.ts';
export * from './child.ts';
export * from './free-port.ts';
export * from './middle-man.ts';
export * from './mail-host/answers.ts';
export * from './mail-host/mail-host.ts';
export type { ReceivedMessage, ReceivingSession } from './mail-host/received-message.ts';
export * from './policy-host.ts';
export * from './peers/redis-server.ts';
export * from './peers/smtp-sink.ts';
export * from './peers/smtp-source.ts';
export * from './peers/swaks.ts';
export type { SignedZone } from './signed-internet/knot.ts';
export * from './signed-internet/signed-internet.ts';
export * from './scripted-host.ts';
export * from './temporary-directory.ts';
export * from './tool.ts';
export * from './wait-for.ts';
export type { ZoneFault, ZoneFaultKind } from './zone-server/fault.ts';
export * from './zone-server/zone-server.ts';
export {
  SIGN_IN_CLIENT,
  signInProvider,
  type ProvidedPerson,
  type SignInProvider,
} from './openid-provider/sign-in-provider.ts';
export { openIdProvider, type OpenIdProvider, type TokenRequest } from './openid-provider/openid-provider.ts';
