#include "compiler/sql/statement_sequence.h"

#include <limits>

#include <fmt/format.h>

#include "compiler/sql/statements.h"

namespace schemac::sql {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::SequenceOptions;

namespace {

struct TypeLimits {
  std::int64_t min = std::numeric_limits<std::int64_t>::min();
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

TypeLimits LimitsOf(const schema::Type& type) {
  if (type.name == "smallint")
    return {std::numeric_limits<std::int16_t>::min(), std::numeric_limits<std::int16_t>::max()};
  if (type.name == "integer")
    return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
  return {};
}

// What the clauses said. A bound that was named without a value (NO MAXVALUE) is asked to be the default
// again.
struct WrittenClauses {
  std::optional<std::int64_t> start, increment, min, max, cache;
  std::optional<bool> cycle;
  bool default_min = false;
  bool default_max = false;
};

// A bound, or its absence in `is_default`.
Done ReadBound(const PgQuery__DefElem& option, std::optional<std::int64_t>& value, bool& is_default) {
  if (option.arg == nullptr) {
    is_default = true;
    return Ok();
  }
  auto number = OptionInteger(option);
  if (!number) return number.error();
  value = *number;
  return Ok();
}

Done ReadNumber(const PgQuery__DefElem& option, std::optional<std::int64_t>& value) {
  bool is_default = false;
  return ReadBound(option, value, is_default);
}

bool IsSequenceType(const schema::Type& type) {
  return !type.array && type.schema.empty() &&
         (type.name == "smallint" || type.name == "integer" || type.name == "bigint");
}

void MoveBounds(const schema::Type& from, const SequenceOptions& options, WrittenClauses& written) {
  const TypeLimits limits = LimitsOf(from);
  if (options.max == limits.max) written.default_max = true;
  if (options.min == limits.min) written.default_min = true;
}

Done ReadType(const Session& session, const PgQuery__DefElem& option, bool is_new, schema::Type& type,
              WrittenClauses& written, const SequenceOptions& options) {
  if (option.arg == nullptr || option.arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) {
    return ErrorAt(option.location, "a sequence type is required");
  }
  auto made = MakeType(*option.arg->type_name, ScopeOf(session));
  if (!made) return made.error();
  if (!IsSequenceType(*made))
    return ErrorAt(option.location, "sequence type must be smallint, integer, or bigint");
  if (!is_new) MoveBounds(type, options, written);
  type = *made;
  return Ok();
}

Done ReadOption(const Session& session, const PgQuery__DefElem& option, bool is_new, schema::Type& type,
                WrittenClauses& written, SequenceClauses& clauses, const SequenceOptions& options) {
  const std::string_view name = option.defname;
  if (name == "as") return ReadType(session, option, is_new, type, written, options);
  if (name == "increment") return ReadNumber(option, written.increment);
  if (name == "start") return ReadNumber(option, written.start);
  if (name == "cache") return ReadNumber(option, written.cache);
  if (name == "maxvalue") return ReadBound(option, written.max, written.default_max);
  if (name == "minvalue") return ReadBound(option, written.min, written.default_min);
  if (name == "restart") return Ok();  // The counter's state, not part of a schema.
  if (name == "owned_by") {
    clauses.owned_by = ListItems(option.arg);
  } else if (name == "sequence_name") {
    clauses.sequence_name = SplitName(ListItems(option.arg));
  } else if (name == "cycle") {
    auto flag = OptionFlag(option);
    if (!flag) return flag.error();
    written.cycle = *flag;
  } else {
    return ErrorAt(option.location, fmt::format("option \"{}\" not recognized", name));
  }
  return Ok();
}

Done Resolve(const WrittenClauses& written, bool is_new, const TypeLimits& limits, SequenceOptions& options) {
  if (written.increment) options.increment = *written.increment;
  if (options.increment == 0) return ErrorAt(-1, "INCREMENT must not be zero");
  const bool ascending = options.increment > 0;
  if (written.max) {
    options.max = *written.max;
  } else if (is_new || written.default_max) {
    options.max = ascending ? limits.max : -1;
  }
  if (written.min) {
    options.min = *written.min;
  } else if (is_new || written.default_min) {
    options.min = ascending ? 1 : limits.min;
  }
  if (options.max > limits.max || options.max < limits.min)
    return ErrorAt(-1, "MAXVALUE is out of range for sequence data type");
  if (options.min > limits.max || options.min < limits.min)
    return ErrorAt(-1, "MINVALUE is out of range for sequence data type");
  if (options.min >= options.max) {
    return ErrorAt(-1,
                   fmt::format("MINVALUE ({}) must be less than MAXVALUE ({})", options.min, options.max));
  }
  if (written.start) {
    options.start = *written.start;
  } else if (is_new) {
    options.start = ascending ? options.min : options.max;
  }
  if (options.start < options.min) {
    return ErrorAt(
        -1, fmt::format("START value ({}) cannot be less than MINVALUE ({})", options.start, options.min));
  }
  if (options.start > options.max) {
    return ErrorAt(
        -1, fmt::format("START value ({}) cannot be greater than MAXVALUE ({})", options.start, options.max));
  }
  if (written.cache) options.cache = *written.cache;
  if (options.cache <= 0)
    return ErrorAt(-1, fmt::format("CACHE ({}) must be greater than zero", options.cache));
  if (written.cycle) options.cycle = *written.cycle;
  return Ok();
}

// The column of OWNED BY, or nullopt for NONE.
ErrorOr<std::optional<ObjectAddress>> OwnerColumn(const Session& session, NodeList names) {
  if (names.size() == 1 && StringOf(names.front()) == "none") return std::optional<ObjectAddress>();
  if (names.size() < 2)
    return ErrorAt(-1, "invalid OWNED BY option: specify OWNED BY table.column or OWNED BY NONE");
  const auto table = ResolveRelation(session, SplitName(names.first(names.size() - 1)));
  if (!table) return table.error();
  ObjectAddress column{ObjectKind::Column, table->schema, table->name, std::string(StringOf(names.back()))};
  if (!session.catalog->Has(column)) {
    return ErrorAt(-1,
                   fmt::format("column \"{}\" of relation \"{}\" does not exist", column.member, column.name),
                   DiagnosticKind::UnknownColumn);
  }
  return std::optional(column);
}

// pg_dump alters the hidden sequence of an identity column by its own name.
Done AlterIdentity(Session& session, const ObjectAddress& column, NodeList options) {
  schema::Identity& identity = IdentityAt(session, column);
  const schema::Type column_type =
      session.catalog->FindTable(column.qualified())->FindColumn(column.member)->type;
  schema::Type type = column_type;
  SequenceOptions changed = identity.options;
  const auto clauses = ApplySequenceOptions(session, options, false, type, changed);
  if (!clauses) return clauses.error();
  if (clauses->owned_by) return ErrorAt(-1, "cannot change ownership of identity sequence");
  if (type != column_type)
    return Unsupported(-1, "a sequence of an identity column with another type than the column");
  identity.options = changed;
  return Ok();
}

}  // namespace

Done FollowColumnType(const schema::Type& from, const schema::Type& to, SequenceOptions& options) {
  if (from.name == to.name && from.schema == to.schema && from.array == to.array) return Ok();
  if (!IsSequenceType(to)) return ErrorAt(-1, "identity column type must be smallint, integer, or bigint");
  WrittenClauses written;
  MoveBounds(from, options, written);
  return Resolve(written, false, LimitsOf(to), options);
}

std::optional<ObjectAddress> LookUpIdentity(const Session& session, const schema::QualifiedName& written) {
  const auto found = LookUpRelation(session, written);
  return found && found->kind == ObjectKind::Column ? found : std::nullopt;
}

schema::Identity& IdentityAt(Session& session, const ObjectAddress& column) {
  schema::Table* table = session.catalog->GetMutable<schema::Table>(TableAddress(column.qualified()));
  return *table->FindColumn(column.member)->identity;
}

void GrantDefaults(const Session& session, const std::string& schema, schema::Identity& identity) {
  identity.privileges = schema::DefaultPrivilegesOf(
      *session.catalog, {ObjectKind::Sequence, schema, identity.sequence_name, ""});
}

ErrorOr<SequenceClauses> ApplySequenceOptions(const Session& session, NodeList nodes, bool is_new,
                                              schema::Type& type, SequenceOptions& options) {
  SequenceClauses clauses;
  WrittenClauses written;
  std::set<std::string_view> seen;
  for (const PgQuery__Node* node : nodes) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *node->def_elem;
    if (!seen.insert(option.defname).second)
      return ErrorAt(option.location, "conflicting or redundant options");
    if (auto read = ReadOption(session, option, is_new, type, written, clauses, options); !read)
      return read.error();
  }
  if (auto resolved = Resolve(written, is_new, LimitsOf(type), options); !resolved) return resolved.error();
  return clauses;
}

Done CreateSequence(Session& session, const PgQuery__CreateSeqStmt& statement) {
  if (statement.sequence->relpersistence[0] == 't') {
    session.temporary.insert(statement.sequence->relname);
    return Ok();
  }
  const auto name = NameForNew(session, SplitName(*statement.sequence), statement.sequence->location);
  if (!name) return name.error();
  if (statement.if_not_exists && session.catalog->FindRelation(*name)) return Ok();
  schema::Sequence sequence;
  sequence.name = *name;
  sequence.unlogged = statement.sequence->relpersistence[0] == 'u';
  const auto clauses = ApplySequenceOptions(session, {statement.options, statement.n_options}, true,
                                            sequence.type, sequence.options);
  if (!clauses) return clauses.error();
  if (clauses->owned_by) {
    auto owner = OwnerColumn(session, *clauses->owned_by);
    if (!owner) return owner.error();
    sequence.owned_by = *owner;
  }
  return schema::Create(*session.catalog, std::move(sequence));
}

Done AlterSequence(Session& session, const PgQuery__AlterSeqStmt& statement) {
  const schema::QualifiedName written = SplitName(*statement.sequence);
  const auto found = LookUpRelation(session, written);
  if (!found) {
    if (statement.missing_ok || session.temporary.contains(written.name)) return Ok();
    return ResolveRelation(session, written, statement.sequence->location).error();
  }
  if (found->kind == ObjectKind::Column)
    return AlterIdentity(session, *found, {statement.options, statement.n_options});
  auto* sequence = session.catalog->GetMutable<schema::Sequence>(*found);
  if (sequence == nullptr)
    return ErrorAt(statement.sequence->location, fmt::format("\"{}\" is not a sequence", found->name));
  schema::Type type = sequence->type;
  SequenceOptions options = sequence->options;
  const auto clauses =
      ApplySequenceOptions(session, {statement.options, statement.n_options}, false, type, options);
  if (!clauses) return clauses.error();
  if (clauses->owned_by) {
    auto owner = OwnerColumn(session, *clauses->owned_by);
    if (!owner) return owner.error();
    sequence->owned_by = *owner;
  }
  sequence->type = type;
  sequence->options = options;
  return Ok();
}

}  // namespace schemac::sql
