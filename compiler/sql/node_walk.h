// Parse trees as data, by protobuf's descriptors: for what needs no knowledge of the kinds of nodes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include <pg_query/pg_query.pb-c.h>

namespace schemac::sql {

// One field of a message that is set. Of a repeated field `member` is one element.
struct NodeField {
  const ProtobufCFieldDescriptor* descriptor;
  const void* member;
};
void ForEachField(const ProtobufCMessage& message, const std::function<void(const NodeField&)>& visit);

// The message in a field of message type; nullptr for other fields.
const ProtobufCMessage* ChildOf(const NodeField& field);
bool IsLocation(const ProtobufCFieldDescriptor& field);
// A scalar as text: numbers, enumerators by name, strings as they are.
std::string ScalarText(const NodeField& field);

// Whether the trees are the same but for where they stand in their texts.
bool SameTree(const ProtobufCMessage& left, const ProtobufCMessage& right);

// The first and last location that nodes of the tree name; {0, 0} when there are none.
struct LocationRange {
  std::size_t first = 0;
  std::size_t last = 0;
};
LocationRange LocationsOf(const ProtobufCMessage& message);

// "(FuncCall funcname=… args=…)": every field but locations.
std::string DumpTree(const ProtobufCMessage& message);

}  // namespace schemac::sql
