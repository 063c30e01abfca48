// A session of its own on a test server, for tests that need several at once.
#pragma once

#include <string>
#include <vector>

struct pg_conn;

namespace schemac::testing {

class Connection {
 public:
  Connection(const std::string& socket, const std::string& database);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Runs statements; PostgreSQL's SQLSTATE and message, or "".
  std::string Run(const std::string& sql);
  // Rows of the one query, columns joined by spaces. A failure is a failed Check.
  std::vector<std::string> Query(const std::string& sql);
  // Sends a statement and does not wait for it; Finish does, and returns as Run does.
  void Start(const std::string& sql);
  std::string Finish();
  [[nodiscard]] bool IsBusy();
  [[nodiscard]] int pid() const;

 private:
  pg_conn* connection_;
};

}  // namespace schemac::testing
