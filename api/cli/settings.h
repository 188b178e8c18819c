#pragma once

#include <cstdint>
#include <string>

#include "engine/base/result.h"

namespace mingjian::cli {

// How this installation runs. Each comes from an option, else from the environment, else from the
// file named by --config, else it is as here.
struct Settings {
  std::string store = "mingjian.db";  // MINGJIAN_STORE: see open_database.h
  std::string workflows;              // MINGJIAN_WORKFLOWS: definitions, codes and rules
  std::string host = "127.0.0.1";     // MINGJIAN_HOST
  int port = 8080;                    // MINGJIAN_PORT; 0: any that is free
  int workers = 32;                   // MINGJIAN_WORKERS: threads that answer requests
  int retention = 30;                 // MINGJIAN_RETENTION: days that first answers are kept

  // TLS, in files of PEM; the first two, or none: then requests come in the clear.
  std::string tls_certificate;  // MINGJIAN_TLS_CERTIFICATE: of the server, and those above it
  std::string tls_key;          // MINGJIAN_TLS_KEY
  std::string tls_clients;      // MINGJIAN_TLS_CLIENTS: who has to have certified a client

  // Whose bearer tokens are taken beside those of sessions (OpenID Connect); all but the last two,
  // or none.
  std::string oidc_issuer;          // MINGJIAN_OIDC_ISSUER: `iss` of the tokens
  std::string oidc_audience;        // MINGJIAN_OIDC_AUDIENCE: what `aud` has for this service
  std::string oidc_keys;            // MINGJIAN_OIDC_KEYS: address of the issuer's key set
  std::string oidc_person = "sub";  // MINGJIAN_OIDC_PERSON: the claim with the person's id
  std::string oidc_ca;              // MINGJIAN_OIDC_CA: file of certificates for that address
};

// What was given on the command line: empty texts and negative numbers were not.
struct GivenOptions {
  std::string config;
  std::string store;
  std::string workflows;
  std::string host;
  int port = -1;
  int workers = -1;
  int retention = -1;
  std::string tls_certificate;
  std::string tls_key;
  std::string tls_clients;
};

// Errors: kInvalidInput naming the setting.
[[nodiscard]] Result<Settings> read_settings(const GivenOptions& given);

}  // namespace mingjian::cli
