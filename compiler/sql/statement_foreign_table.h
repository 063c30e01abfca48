// Foreign tables are kept as the statements that make them: what is done to one later is added to those.
#pragma once

#include <string>

#include "compiler/sql/statement_session.h"

namespace schemac::sql {

// A node that holds a list of names, for functions that take one (RawName).
class NameNode {
 public:
  NameNode(PgQuery__Node** names, std::size_t count) {
    list_.items = names;
    list_.n_items = count;
    node_.node_case = PG_QUERY__NODE__NODE_LIST;
    node_.list = &list_;
  }
  [[nodiscard]] const PgQuery__Node& node() const { return node_; }

 private:
  PgQuery__List list_ = PG_QUERY__LIST__INIT;
  PgQuery__Node node_ = PG_QUERY__NODE__INIT;
};

// The Raw name of a foreign table; "" when the relation is none. The names are the parts of its own.
std::string ForeignTableName(const Session& session, PgQuery__Node** names, std::size_t count);
std::string ForeignTableName(const Session& session, const PgQuery__RangeVar& relation);

// The Raw name of the foreign table that a statement on a table is about (its columns, their comments,
// triggers); "" for other statements and tables.
std::string ForeignTableOf(const Session& session, const PgQuery__Node& statement);

// Whether the statement changes a foreign table. Who owns it is no part of what we keep.
bool ChangesForeignTable(const Session& session, const PgQuery__Node& statement);

}  // namespace schemac::sql
