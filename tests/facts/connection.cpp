#include "tests/facts/connection.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include "compiler/support/check.h"

namespace schemac::testing {
namespace {

std::string ErrorIn(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return "";
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return fmt::format("{} {}", state == nullptr ? "" : state, PQresultErrorMessage(result));
}

}  // namespace

Connection::Connection(const std::string& socket, const std::string& database)
    : connection_(PQconnectdb(fmt::format("host={} port=5432 user=postgres dbname={} options='-c "
                                          "client_min_messages=warning -c statement_timeout=60s'",
                                          socket, database)
                                  .c_str())) {
  Check(PQstatus(connection_) == CONNECTION_OK);
}

Connection::~Connection() { PQfinish(connection_); }

std::string Connection::Run(const std::string& sql) {
  PGresult* result = PQexec(connection_, sql.c_str());
  std::string error = ErrorIn(result);
  PQclear(result);
  return error;
}

std::vector<std::string> Connection::Query(const std::string& sql) {
  PGresult* result = PQexec(connection_, sql.c_str());
  Check(PQresultStatus(result) == PGRES_TUPLES_OK);
  std::vector<std::string> rows;
  for (int row = 0; row < PQntuples(result); ++row) {
    std::string text;
    for (int column = 0; column < PQnfields(result); ++column) {
      text += (column == 0 ? "" : " ") + std::string(PQgetvalue(result, row, column));
    }
    rows.push_back(std::move(text));
  }
  PQclear(result);
  return rows;
}

void Connection::Start(const std::string& sql) { Check(PQsendQuery(connection_, sql.c_str()) == 1); }

std::string Connection::Finish() {
  std::string error;
  while (PGresult* result = PQgetResult(connection_)) {
    if (error.empty()) error = ErrorIn(result);
    PQclear(result);
  }
  return error;
}

bool Connection::IsBusy() {
  PQconsumeInput(connection_);
  return PQisBusy(connection_) == 1;
}

int Connection::pid() const { return PQbackendPID(connection_); }

}  // namespace schemac::testing
