// A real OpenID Connect provider on this machine, for the tests of sign-in: node identity_provider.mjs PORT APP ACCOUNTS
// ACCOUNTS: JSON, login name -> claims. Any password will do; its forms are those that oidc-provider brings along.
import Provider from "oidc-provider";

const [port, app, accounts] = process.argv.slice(2);
const known = JSON.parse(accounts);
const back = `${app}/oauth2callback`;
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "sqm",
      client_secret: "a secret of the tests",
      redirect_uris: [back],
      post_logout_redirect_uris: [back],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["a key of the tests"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...known[id] }) }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
